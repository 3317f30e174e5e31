//! The sequence that gives a text to the clipboard of a terminal (OSC 52), however
//! far away it is, and what tmux and screen want around it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::tui::clipboard::Wrap;

/// The most that screen takes in one control string; older ones stop at 256.
const CHUNK: usize = 200;

/// The bytes to write. They hold the text, which may be a secret.
pub(super) fn sequence(text: &str, wrap: Wrap) -> Zeroizing<Vec<u8>> {
    // Room for all of it at once, so that no half of a secret is left behind.
    let room = base64::encoded_len(text.len(), true).unwrap_or_default();
    let mut encoded = Zeroizing::new(String::with_capacity(room));
    STANDARD.encode_string(text, &mut encoded);
    let parts: [&[u8]; 3] = [b"\x1b]52;c;", encoded.as_bytes(), b"\x07"];
    let plain = Zeroizing::new(parts.concat());
    match wrap {
        Wrap::None => plain,
        Wrap::Tmux => tmux(&plain),
        Wrap::Screen => screen(&plain),
    }
}

/// tmux hands on what stands in its own control string, with every Esc doubled.
fn tmux(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(plain.len() + 16));
    bytes.extend_from_slice(b"\x1bPtmux;");
    for byte in plain {
        if *byte == b'\x1b' {
            bytes.push(b'\x1b');
        }
        bytes.push(*byte);
    }
    bytes.extend_from_slice(b"\x1b\\");
    bytes
}

/// screen hands on what stands in control strings that are not too long.
fn screen(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let chunks = plain.len().div_ceil(CHUNK);
    let mut bytes = Zeroizing::new(Vec::with_capacity(plain.len() + chunks * 4));
    for chunk in plain.chunks(CHUNK) {
        bytes.extend_from_slice(b"\x1bP");
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\x1b\\");
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, wrap: Wrap) -> String {
        String::from_utf8_lossy(&sequence(text, wrap)).replace('\x1b', "ESC").replace('\x07', "BEL")
    }

    #[test]
    fn r078_a_text_is_encoded_and_ended_with_a_bell() {
        assert_eq!(said("ab", Wrap::None), "ESC]52;c;YWI=BEL");
        assert_eq!(said("", Wrap::None), "ESC]52;c;BEL");
    }

    #[test]
    fn r078_tmux_gets_every_esc_doubled() {
        assert_eq!(said("ab", Wrap::Tmux), "ESCPtmux;ESCESC]52;c;YWI=BELESC\\");
    }

    #[test]
    fn r078_screen_gets_pieces_that_it_takes() {
        assert_eq!(said("ab", Wrap::Screen), "ESCPESC]52;c;YWI=BELESC\\");
        let long = sequence(&"x".repeat(400), Wrap::Screen);
        let text = String::from_utf8_lossy(&long);
        let pieces: Vec<_> = text.split_terminator("\x1b\\").collect();
        assert!(pieces.len() > 2);
        let mut whole = String::new();
        for piece in pieces {
            assert!(piece.len() <= CHUNK + 2);
            whole.push_str(piece.strip_prefix("\x1bP").unwrap_or("no start"));
        }
        assert_eq!(whole.as_bytes(), sequence(&"x".repeat(400), Wrap::None).as_slice());
    }
}
