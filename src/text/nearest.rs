//! The known word that a mistyped one was most likely meant to be.

/// The candidate that takes the fewest slips of a finger, where those are few for the
/// length of the word: one in up to four letters, two in up to eight, else a third.
fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .filter_map(|candidate| Some((slips(&word, &candidate.to_lowercase())?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// Asks whether that was meant: `did you mean 'page_size'?`.
pub fn did_you_mean<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    nearest(word, candidates).map(|known| format!("did you mean '{known}'?"))
}

/// The same, or all that is known where none of it comes near.
pub fn meant_or_known<'c>(word: &str, known: impl IntoIterator<Item = &'c str>) -> String {
    let known: Vec<_> = known.into_iter().collect();
    did_you_mean(word, known.iter().copied())
        .unwrap_or_else(|| format!("known are: {}", known.join(", ")))
}

/// How many slips lead from one word to the other, where that is few enough.
fn slips(word: &str, candidate: &str) -> Option<usize> {
    let (length, other) = (word.chars().count(), candidate.chars().count());
    let most = match length.max(other) {
        0..=4 => 1,
        5..=8 => 2,
        longer => longer / 3,
    };
    let found = distance(word, candidate);
    // Where no letter is left of a word, nobody slipped.
    (found <= most && found < length.min(other)).then_some(found)
}

/// Letters to insert, remove, replace, or swap with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    // The row and the letter before, for the swap.
    let mut older: Option<(Vec<usize>, char)> = None;
    for (place, letter) in a.chars().enumerate() {
        let mut next = vec![place + 1];
        for (column, (above, other)) in row.windows(2).zip(&b).enumerate() {
            let [diagonal, up] = above else { continue };
            let left = next.last().copied().unwrap_or_default();
            let kept = (diagonal + usize::from(letter != *other)).min(up + 1).min(left + 1);
            let swapped = older.as_ref().and_then(|(row, before)| {
                let neighbour = column.checked_sub(1)?;
                let is_swap = b.get(neighbour) == Some(&letter) && before == other;
                row.get(neighbour).filter(|_| is_swap).map(|slips| slips + 1)
            });
            next.push(swapped.map_or(kept, |swapped| swapped.min(kept)));
        }
        older = Some((std::mem::replace(&mut row, next), letter));
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_word_and_a_strange_word_finds_none() {
        let known = ["page_size", "reveal_seconds", "escape_ms"];
        assert_eq!(nearest("page_sise", known), Some("page_size"));
        assert_eq!(nearest("pagesize", known), Some("page_size"));
        assert_eq!(nearest("theme", known), None);
        assert_eq!(nearest("drak", ["dark"]), Some("dark"));
    }

    #[test]
    fn a37_only_near_words_are_suggested() {
        for (word, far) in [
            ("12", "q"),
            ("1", "q"),
            ("", "q"),
            ("zz", "q"),
            ("qq", "q"),
            ("120", "tty"),
            ("name", "nope"),
            ("scope", "sort"),
        ] {
            assert_eq!(nearest(word, [far]), None, "{word}");
        }
        for (word, near) in [
            ("gti", "git"),
            ("gt", "git"),
            ("sotr", "sort"),
            ("lisst", "list"),
            ("exprot", "export"),
            ("Entre", "Enter"),
            ("calalogue", "catalogue"),
        ] {
            assert_eq!(nearest(word, [near, "q", "zzzz"]), Some(near), "{word}");
        }
    }
}
