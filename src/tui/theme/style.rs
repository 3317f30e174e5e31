//! A style as people write it: `bold red`, `#ffffff on blue`, `reversed`. Knows no
//! role.

use ratatui::style::{Color, Modifier, Style};

use crate::text::did_you_mean;
use crate::tui::hue::COLORS;

/// The terminal's own look.
pub(super) const PLAIN: Style = Style::new().fg(Color::Reset);
/// The look of the cursor where a theme gives it none.
pub(super) const CURSOR: Style =
    PLAIN.add_modifier(Modifier::BOLD).add_modifier(Modifier::REVERSED);

const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// Reads a style.
pub(super) fn parse(text: &str) -> Result<Style, String> {
    let mut style = PLAIN;
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let modifier = MODIFIERS.iter().find(|(name, _)| *name == word);
        style = match (word, modifier) {
            (_, Some((_, modifier))) => style.add_modifier(*modifier),
            ("on", None) => {
                let ground = words.next().ok_or("a colour is to follow 'on'")?;
                style.bg(color(ground)?)
            }
            (word, None) => style.fg(color(word)?),
        };
    }
    Ok(style)
}

fn color(word: &str) -> Result<Color, String> {
    if let Some((_, color)) = COLORS.iter().find(|(name, _)| *name == word) {
        return Ok(*color);
    }
    match word.strip_prefix('#') {
        Some(hex) => rgb(hex).ok_or_else(|| format!("'{word}' is not a colour such as '#1a4fa3'")),
        None => Err(unknown(word)),
    }
}

fn rgb(hex: &str) -> Option<Color> {
    let digits = hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit());
    let [_, r, g, b] = u32::from_str_radix(hex, 16).ok().filter(|_| digits)?.to_be_bytes();
    Some(Color::Rgb(r, g, b))
}

fn unknown(word: &str) -> String {
    let colors = COLORS.iter().map(|(name, _)| *name);
    let known = colors.chain(MODIFIERS.iter().map(|(name, _)| *name));
    let hint = did_you_mean(word, known).unwrap_or_else(|| {
        "colours are black to white, bright-black to bright-white, '#rrggbb'".to_owned()
    });
    format!("'{word}' is neither a colour nor bold, dim, italic, underlined, reversed; {hint}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_a_colour_a_ground_and_modifiers_in_any_order() {
        let want = Style::new().fg(Color::Red).bg(Color::LightYellow).add_modifier(Modifier::BOLD);
        assert_eq!(parse("bold red on bright-yellow"), Ok(want));
        assert_eq!(parse("on bright-yellow red bold"), Ok(want));
        assert_eq!(parse("#0a0B0c"), Ok(Style::new().fg(Color::Rgb(10, 11, 12))));
        assert_eq!(parse(" "), Ok(PLAIN));
    }

    #[test]
    fn a_slip_is_told_with_the_nearest_word() {
        assert!(parse("gren").is_err_and(|error| error.contains("did you mean 'green'?")));
        assert!(parse("boldd").is_err_and(|error| error.contains("did you mean 'bold'?")));
        for wrong in ["#12345", "#1234567", "#+12345", "on", "red on"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
