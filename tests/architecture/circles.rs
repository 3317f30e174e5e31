//! Files of one room that import each other in a circle can only be read together, so a
//! circle stays small enough for that.

use std::collections::BTreeMap;

use super::source::{ARROWS, PROGRAM, room_of};

/// Files that may stand in one circle.
pub(crate) const MOST: usize = 4;

/// Rooms that have larger ones, and how many files stand in each, the largest first. The
/// list only gets shorter, and its numbers lower.
const EXCEPTIONS: &[(&str, &[usize])] = &[];

/// What is wrong with the circles of a room.
fn offences(room: &str, circles: &[Vec<&str>], allowed: &[usize]) -> Option<String> {
    let large: Vec<_> = circles.iter().filter(|circle| circle.len() > MOST).collect();
    let sizes: Vec<_> = large.iter().map(|circle| circle.len()).collect();
    if sizes == allowed {
        return None;
    }
    let grown = sizes.iter().enumerate().any(|(at, size)| Some(size) > allowed.get(at));
    let files: Vec<_> = large.iter().map(|circle| circle.join("\n  ")).collect();
    Some(if grown {
        format!(
            "src/{room} has circles of {sizes:?} files, where {MOST} is the most and the \
             exceptions say {allowed:?}:\n  {}",
            files.join("\n\n  ")
        )
    } else {
        format!("the circles of src/{room} got smaller: let the exceptions say {sizes:?} of it")
    })
}

#[test]
fn no_circle_of_files_is_larger_than_four() {
    let exceptions: BTreeMap<_, _> = EXCEPTIONS.iter().copied().collect();
    let rooms = PROGRAM.rooms();
    let wrong: Vec<_> = rooms
        .iter()
        .filter_map(|room| {
            let circles = ARROWS.circles(|file| room_of(file) == Some(room));
            offences(room, &circles, exceptions.get(room).copied().unwrap_or_default())
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    for (room, sizes) in EXCEPTIONS {
        assert!(rooms.contains(room) && !sizes.is_empty(), "strike src/{room} from the exceptions");
    }
}

#[test]
fn this_test_notices_circles_that_grow_and_exceptions_that_are_too_wide() {
    let four = vec!["a.rs"; MOST];
    let five = vec!["a.rs"; MOST + 1];
    assert_eq!(offences("planted", std::slice::from_ref(&four), &[]), None);
    assert_eq!(offences("planted", &[five.clone(), four.clone()], &[5]), None);
    for (circles, allowed) in [
        (vec![five.clone()], &[][..]),
        (vec![five.clone(), five.clone()], &[5]),
        (vec![five.clone()], &[6]),
        (vec![five], &[5, 5]),
        (vec![four], &[5]),
    ] {
        assert!(offences("planted", &circles, allowed).is_some(), "{circles:?} {allowed:?}");
    }
}
