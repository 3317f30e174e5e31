//! The words that menus, questions and results use, each for one action.

use tokendeck::domain::{HolderVerb, Verb};

#[test]
fn every_action_on_tokens_has_a_title_and_a_past_of_its_own() {
    let words = [
        (Verb::Edit, "Edit", "edited"),
        (Verb::Enable, "Enable", "enabled"),
        (Verb::Disable, "Disable", "disabled"),
        (Verb::Regenerate, "Regenerate", "regenerated"),
        (Verb::Revoke, "Revoke", "revoked"),
        (Verb::Delete, "Delete", "deleted"),
        (Verb::Accept, "Accept", "accepted"),
        (Verb::Reveal, "Show value", "revealed"),
        (Verb::DropOld, "Drop old value", "rid of its old value"),
    ];
    for (verb, title, past) in words {
        assert_eq!((verb.title(), verb.past()), (title, past));
    }
}

#[test]
fn r119_to_r122_the_menu_of_users_says_what_the_sources_say() {
    let titles = [
        (HolderVerb::Request, "Request new API token"),
        (HolderVerb::Remove, "Remove API token"),
        (HolderVerb::Cancel, "Cancel pending requests"),
        (HolderVerb::Generate, "Generate & export tokens"),
    ];
    for (verb, title) in titles {
        assert_eq!(verb.title(), title);
    }
}
