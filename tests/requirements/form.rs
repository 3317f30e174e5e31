//! The form of a new token: its fields, errors at their place, dates, what saving
//! makes of it (R6, R86 to R109, R112, R113, R133).

use tokendeck::domain::TokenValue;
use tokendeck::tui::input::Input;

use crate::support::{App, Desk, options, shown_value};

/// The form that `n` opens.
fn new(desk: &Desk, login: &str) -> App {
    let mut app = desk.seat(login);
    app.keys("n");
    app
}

/// The same, with all that must be filled in.
fn filled(desk: &Desk, name: &str) -> App {
    let mut app = new(desk, "ada");
    app.text(name).keys("Tab Tab Tab Tab Space PgDn r PgUp");
    app
}

/// The fields on screen in their order, each with what stands in it.
fn fields(app: &mut App) -> Vec<(String, String)> {
    let screen = app.screen();
    let lines = screen.lines().skip(2).take_while(|line| !line.contains("[Save]"));
    let fields = lines.map(|line| {
        let label: String = line.chars().skip(1).take(13).collect();
        (label.trim().to_owned(), line.chars().skip(14).collect::<String>().trim().to_owned())
    });
    fields.filter(|(label, _)| label.starts_with(char::is_alphabetic)).collect()
}

/// The GUID on screen.
fn guid(app: &mut App) -> String {
    app.line("GUID").split_whitespace().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn r006_the_form_is_the_same_for_every_role_but_for_its_account() {
    let desk = Desk::example();
    let mut seats = ["ada", "pia", "rosa"].map(|login| new(&desk, login));
    // Pia and Rosa choose the account that Ada has.
    for seat in &mut seats[1..] {
        seat.keys("Tab Tab Enter").text("Acme").keys("Enter").sees("Account Acme");
    }
    for section in ["General", "Modules", "Overview"] {
        let [ada, pia, rosa] = seats.each_mut().map(fields);
        assert!(ada.len() > 3, "{section}: {ada:?}");
        for other in [&pia, &rosa] {
            let labels = |fields: &[(String, String)]| -> Vec<String> {
                fields.iter().map(|(label, _)| label.clone()).collect()
            };
            assert_eq!(labels(&ada), labels(other), "{section}");
            let differing = ada.iter().zip(other).filter(|(ada, other)| ada != other);
            let labels: Vec<_> = differing.map(|(field, _)| field.0.as_str()).collect();
            // Every form draws a GUID of its own.
            assert!(
                labels.iter().all(|label| ["Account", "GUID"].contains(label)),
                "{section}: {labels:?}"
            );
        }
        for seat in &mut seats {
            seat.keys("PgDn");
        }
    }
}

#[test]
fn r086_r095_n_opens_the_form_with_the_cursor_in_its_name_and_a_fresh_guid() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    app.sees("New API token").sees(">Name *").sees("[General] Modules Overview");
    let first = guid(&mut app);
    assert_eq!(first.len(), 36, "{}", app.screen());
    app.text("abc").sees(">Name *        abc");
    assert_eq!(guid(&mut app), first);
}

#[test]
fn r008_who_may_not_manage_gets_no_form() {
    let desk = Desk::example();
    for login in ["carl", "vic"] {
        let mut app = desk.seat(login);
        for keys in ["n", "e", "C"] {
            app.keys(keys).sees("Needs the manage_tokens permission").sees_no("[Save]");
        }
    }
}

#[test]
fn r087_esc_asks_before_it_discards_what_was_typed() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    app.keys("x Esc").sees("Discard changes?").sees("> Cancel <").keys("Enter").sees(">Name *");
    app.sees("x____").keys("Esc Right Enter").sees("1-10 of 21").sees_no("New API token");
    new(&desk, "ada").keys("Esc").sees("1-10 of 21").sees_no("Discard");
}

#[test]
fn r087_the_buttons_save_and_cancel() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    app.keys("S-Tab Enter").sees("1-10 of 21");
    filled(&desk, "by-button").keys("S-Tab S-Tab Enter").sees("New value of by-button");
}

#[test]
fn r088_the_sections_keep_what_was_typed() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    app.text("parts").keys("PgDn").sees("[Modules]").sees("Access level");
    app.keys("PgDn").sees("[Overview]").sees("Name parts").sees("Expires Never");
    app.sees("Account Acme ACC-0001-0001").sees("Modules -");
    app.keys("PgDn").sees("[Overview]").keys("PgUp PgUp").sees("[General]").sees("parts");
}

#[test]
fn r089_r108_a_form_with_errors_is_not_saved_and_shows_the_first() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    app.sees_no("to mend").keys("PgDn PgDn Ctrl-s").sees(">Name *").sees("3 fields to mend [Save]");
    app.sees("Name is required").keys("x Ctrl-s").sees(">Scopes *");
    app.sees("Choose at least one scope").keys("Space Ctrl-s").sees("[Modules]!");
    app.sees("Give access to at least one module").keys("r").sees_no("to mend");
}

#[test]
fn r090_a_name_in_use_is_said_at_its_field_and_nothing_is_lost() {
    let desk = Desk::example();
    let mut app = filled(&desk, "ROBOT-1");
    app.keys("Ctrl-s").sees(">Name * ROBOT-1").sees("Name already in use").sees("[x] North plant");
    app.text("b").sees_no("in use").keys("Ctrl-s").sees("New value of ROBOT-1b");
}

#[test]
fn r090_a_name_has_at_most_60_visible_characters() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    app.text(&"x".repeat(60)).keys("Tab S-Tab").sees_no("At most");
    app.text("x").sees("At most 60 characters");
    let mut app = new(&desk, "ada");
    app.send(Input::Paste("a\u{202e}b\nc".to_owned())).sees("a<U+202E>b c");
    app.keys("Tab").sees("Name contains the hidden character <U+202E>");
}

#[test]
fn r091_the_description_has_lines_and_may_be_empty() {
    let desk = Desk::example();
    let mut app = filled(&desk, "with-text");
    app.keys("Home Tab").text("one").keys("Enter").text("two").sees("Description one").sees("two");
    app.send(Input::Paste("x".repeat(500))).sees("At most 500 characters");
    filled(&desk, "without").keys("Ctrl-s Enter").sees("Description -");
}

#[test]
fn r092_the_account_is_fixed_or_chosen_by_role() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    app.sees("Account Acme ACC-0001-0001").sees_no("Acme ACC-0001-0001 v");
    app.keys("Tab Tab").sees(">Owner");
    let mut app = new(&desk, "pia");
    app.sees("choose v").keys("Tab Tab").sees(">Account").keys("Enter").sees("> Acme");
    app.sees("Borealis").sees_no("All accounts").sees_no("Cedar");
    let mut app = new(&desk, "rosa");
    app.keys("Tab Tab Enter").sees("> All accounts").sees("Acme").sees("Cedar County");
    app.text("ced").keys("Enter").sees("Account Cedar County ACC-0001-0003");
    for login in ["ada", "pia", "rosa"] {
        let mut app = desk.seat(login);
        app.keys("/ robot-1 Enter e").sees("Account Acme ACC-0001-0001").sees_no("ACC-0001-0001 v");
        app.keys("Tab Tab").sees(">Enabled");
    }
}

#[test]
fn r092_an_only_account_is_preset_and_an_only_module_starts_at_read() {
    let desk = Desk::empty();
    let mut app = desk.seat("tester");
    app.keys("n").sees("Account ").sees_no("choose v").keys("PgDn").sees("( ) No (o) Read");
}

#[test]
fn r092_r103_modules_wait_for_an_account() {
    let desk = Desk::example();
    let mut app = new(&desk, "pia");
    app.keys("PgDn").sees("Choose an account first").keys("Ctrl-s").text("x").keys("Tab Tab");
    app.keys("a c m e Enter").sees("Acme ACC-0001-0001").keys("PgDn").sees("Catalog");
    app.sees("Billing").sees("Order readers").sees_no("Choose an account");
}

#[test]
fn r093_r104_a_token_with_an_owner_ends_in_six_months_until_something_else_is_chosen() {
    let desk = Desk::example();
    let mut app = new(&desk, "kim");
    app.sees("Owner None").sees("(o) Never").keys("Tab Tab").sees(">Owner").keys("e v e Enter");
    app.sees("Eve Examiner USR-0002-0003").sees("(o) 6 months").sees("2026-09-10 12:00:00 UTC");
    app.keys("Tab Tab Tab Right").sees("(o) 12 months").sees("2027-03-10");
    app.keys("S-Tab S-Tab S-Tab").sees(">Owner").keys("n o n e Enter").sees("(o) 12 months");
}

#[test]
fn r094_r113_a_new_token_is_active_disabled_or_scheduled_by_its_fields() {
    let desk = Desk::example();
    let mut app = filled(&desk, "on");
    app.sees("Enabled [x]").keys("Ctrl-s Enter").sees("on TKN-1000-0116").sees("+ Active");
    let mut app = filled(&desk, "off");
    app.keys("Tab Tab Tab Space").sees("Enabled [ ]").keys("Ctrl-s Enter").sees("- Disabled");
    let mut app = filled(&desk, "later");
    app.keys("Tab Tab Tab Tab Tab").sees(">Valid from").text("2026-04-01");
    app.sees("2026-04-01 00:00:00 UTC").keys("Ctrl-s Enter").sees("~ Scheduled");
}

#[test]
fn r096_the_guid_is_copied() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    let shown = guid(&mut app);
    app.keys("Ctrl-y").sees("GUID of this token sent to the terminal's clipboard; Ctrl-y shows it");
    assert_eq!(app.copies().into_iter().map(|(_, text)| text).collect::<Vec<_>>(), [shown]);
}

#[test]
fn r097_another_guid_is_drawn_and_the_value_gets_it() {
    let desk = Desk::example();
    let mut app = filled(&desk, "fresh");
    let first = guid(&mut app);
    app.keys("Ctrl-g");
    let second = guid(&mut app);
    assert_ne!(first, second);
    app.keys("Ctrl-s").sees("New value of fresh");
    let value = shown_value(&mut app);
    assert_eq!(TokenValue::parse(&value).unwrap().guid().to_string(), second);
    assert_eq!(desk.verify(&value), Ok(()));
    // The first was a proposal and nothing else: nobody ever had it.
    let mut app = desk.seat("ada");
    app.keys("#").text(&first).keys("Enter").sees("No tokens match");
    app.keys("F #").text(&second).keys("Enter").sees("1-1 of 1").sees("fresh");
}

#[test]
fn r098_r133_only_scopes_the_operator_holds_are_offered_and_one_is_needed() {
    let desk = Desk::example();
    let mut app = new(&desk, "ned");
    app.sees("[ ] North plant").sees_no("South plant").keys("Ctrl-s");
    app.sees("Choose at least one scope");
    let mut app = new(&desk, "kim");
    app.keys("Ctrl-s").sees("Cedar County has no scopes").sees_no("Choose at least one scope");
    // Who holds none where the account has some can't make a token there.
    let mut rosa = desk.seat("rosa");
    rosa.keys("3 h / ned Enter e").sees("Edit user Ned North").keys("S-Tab S-Tab S-Tab Space");
    rosa.sees("[ ] North plant").keys("Ctrl-s").sees("User Ned North was updated");
    new(&desk, "ned").sees("You hold no scope of Acme").sees_no("[ ] North plant");
}

#[test]
fn r099_r100_the_modules_of_the_account_start_without_access() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    app.keys("PgDn").sees("Catalog MOD-0001 (o) No").sees("Orders MOD-0002 (o) No");
    app.sees("Billing MOD-0003 (o) No").sees_no("eRecording");
    app.sees_no("Give access").keys("Tab Tab").sees("Give access to at least one module");
    app.keys("S-Tab S-Tab j r").sees("Orders MOD-0002 ( ) No (o) Read");
    app.sees_no("Give access");
}

#[test]
fn r100_read_access_lets_a_gateway_read_and_nothing_else() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    app.text("reader").keys("Tab Tab Tab Tab Space PgDn j r Ctrl-s").sees("New value of reader");
    let value = shown_value(&mut app);
    assert_eq!(desk.verify_for(&value, "MOD-0002", "GET"), Ok(()));
    assert_eq!(desk.verify_for(&value, "MOD-0002", "POST"), Err("read only".to_owned()));
    assert_eq!(desk.verify_for(&value, "MOD-0001", "GET"), Err("no access".to_owned()));
}

#[test]
fn r101_a_level_is_applied_to_all_until_one_is_changed() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    app.keys("PgDn Up f Right Space")
        .sees("[x] Apply to all")
        .sees("Billing MOD-0003 ( ) No ( ) Read (o) Full");
    app.keys("Down j n").sees("[ ] Apply to all").sees("Orders MOD-0002 (o) No");
    app.sees("Catalog MOD-0001 ( ) No ( ) Read (o) Full");
}

#[test]
fn r102_a_group_gives_its_levels() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    app.text("reader").keys("Tab Tab Tab Tab Space PgDn Tab Tab Space").sees("[x] Order readers");
    app.keys("PgDn").sees("Orders Read (Order readers)").keys("Ctrl-s").sees("New value of reader");
    let value = shown_value(&mut app);
    assert_eq!(desk.verify_for(&value, "MOD-0002", "GET"), Ok(()));
    assert_eq!(desk.verify_for(&value, "MOD-0002", "POST"), Err("read only".to_owned()));
}

#[test]
fn r105_months_are_calendar_months() {
    let desk = Desk::example_at("2026-08-31T12:00:00Z");
    let mut app = new(&desk, "ada");
    app.keys("Tab Tab Tab Tab Tab Tab Right Right").sees("(o) 6 months").sees("2027-02-28 12:00");
}

#[test]
fn r106_without_dates_it_is_active_for_ever() {
    let desk = Desk::example();
    let mut app = filled(&desk, "ever");
    app.keys("Ctrl-s Enter Tab Tab").sees("+ Active").sees("Expires Never");
    assert_eq!(app.line("Active from").split_whitespace().count(), 2, "{}", app.screen());
}

#[test]
fn r107_the_past_can_neither_be_chosen_nor_typed() {
    let desk = Desk::example();
    let mut app = filled(&desk, "dated");
    app.keys("Tab Tab Tab Tab Tab").sees(">Valid from").keys("Enter").sees("March 2026");
    for _ in 0..20 {
        app.keys("Left");
    }
    app.keys("Enter").sees("Valid from 2026-03-10").keys("Ctrl-u").text("2026-03-01");
    app.sees("Date is in the past");
}

#[test]
fn r107_dates_are_typed_in_many_forms() {
    let desk = Desk::example();
    let mut app = filled(&desk, "dated");
    app.keys("Tab Tab Tab Tab Tab Tab End Tab").sees(">Valid to");
    for (typed, shown) in [
        ("2027-01-31", "to 2027-02-01 00:00:00 UTC"),
        ("+90d", "2026-06-08 12:00:00 UTC"),
        ("90d", "2026-06-08 12:00:00 UTC"),
        ("+12w", "2026-06-02 12:00:00 UTC"),
        ("+6m", "2026-09-10 12:00:00 UTC"),
        ("eom", "2026-04-01 00:00:00 UTC"),
        ("eoy", "2027-01-01 00:00:00 UTC"),
    ] {
        app.keys("Ctrl-u").text(typed).sees(shown).sees_no("to mend");
    }
    app.keys("Ctrl-u").text("soon").sees("'soon' is not a date").keys("Ctrl-u");
    app.sees("Type a date, or choose Never").text("never").sees_no("to mend");
}

#[test]
fn r088_an_end_that_cannot_be_read_is_not_called_never_in_the_overview() {
    let desk = Desk::example();
    let mut app = filled(&desk, "dated");
    app.keys("Tab Tab Tab Tab Tab Tab End Tab").text("31.01.2027").keys("PgDn PgDn");
    app.sees("[Overview]").sees("Expires not a date yet").sees_no("Never");
    app.keys("PgUp PgUp Ctrl-s").sees(">Valid to").keys("Ctrl-u").text("2027-01-31");
    app.keys("PgDn PgDn").sees("Expires 2027-01-31");
}

#[test]
fn r107_the_footer_names_the_keys_of_the_field_one_is_in() {
    let desk = Desk::example();
    let mut app = filled(&desk, "guided");
    app.keys("Tab Tab Tab Tab").sees(">Scopes").sees("Space tick");
    app.keys("Tab").sees(">Valid from").sees("Enter calendar");
    app.keys("Enter").sees("Arrows day  [ ] month  Enter take  Esc close").sees_no("Ctrl-s");
    app.keys("Esc Tab").sees(">Expires").sees("Up Down choose").sees("Ctrl-s save");
}

#[test]
fn r108_the_end_is_after_the_start() {
    let desk = Desk::example();
    let mut app = filled(&desk, "dated");
    app.keys("Tab Tab Tab Tab Tab").text("2026-05-01").keys("Tab End Tab").text("2026-04-01");
    app.sees("Must be after Valid from").keys("Ctrl-s").sees("Must be after Valid from");
    app.sees(">Valid to").sees_no("New value").keys("Esc Right Enter").sees("of 21");
}

#[test]
fn r109_a_new_token_is_listed_at_once_under_the_cursor() {
    let desk = Desk::example();
    let mut app = filled(&desk, "brand-new");
    app.keys("Ctrl-s").sees("API token brand-new was created").keys("Esc");
    assert!(app.line("brand-new  ").starts_with('>'), "{}", app.screen());
    app.sees("of 22");
}

#[test]
fn r109_what_the_filter_hides_of_a_new_token_is_said() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot Enter n").text("brand-new").keys("Tab Tab Tab Tab Space PgDn r Ctrl-s");
    app.sees("API token brand-new was created; the filter hides it, F clears").keys("Enter Esc");
    app.sees_no("brand-new").keys("F / brand Enter").sees("1-1 of 1").sees("> ").sees("brand-new");
}

#[test]
fn r112_the_value_of_a_new_token_works_and_leads_to_its_details() {
    let desk = Desk::example();
    let mut app = filled(&desk, "worker");
    app.keys("Ctrl-s").sees("New value of worker").sees("> View details <");
    let screen = app.screen();
    let value = screen.lines().find(|line| line.starts_with("tdk_")).unwrap();
    assert_eq!(desk.verify(value), Ok(()));
    app.keys("Enter").sees("[General]").sees("worker TKN-1000-0116");
}

#[test]
fn r112_the_value_of_an_owned_token_is_shown_only_once() {
    let desk = Desk::example();
    let mut app = new(&desk, "kim");
    app.text("for-eve").keys("Tab Tab e v e Enter PgDn r Ctrl-s");
    app.sees("This is the only time it is shown").keys("Esc").sees("Not copied.");
}

#[test]
fn r067_a_name_is_free_again_after_a_delete_and_the_id_is_not() {
    let desk = Desk::example();
    filled(&desk, "bulk-01").keys("Ctrl-s").sees("Name already in use");
    desk.seat("ada").keys("/ bulk-01 Enter").sees("TKN-1000-0101").keys("! d Right Enter");
    let mut app = filled(&desk, "bulk-01");
    app.keys("Ctrl-s Enter").sees("bulk-01 TKN-1000-0116");
}

#[test]
fn a_form_fits_the_smallest_window() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (40, 12));
    app.keys("n").sees(">Name *").keys("Tab Tab Tab Tab").sees(">Scopes *");
    app.keys("Tab Tab").sees(">Expires").sees("(o) Never").keys("Tab").sees("[Save]");
    app.keys("PgDn")
        .sees("Catalog")
        .keys("Tab Tab")
        .sees(">Groups")
        .keys("PgDn End")
        .sees("Modules");
}

#[test]
fn help_in_a_form_names_its_keys() {
    let desk = Desk::example();
    let mut app = new(&desk, "ada");
    app.keys("?").sees(">Name *        ?").keys("F1").sees("next section").keys("Esc");
    app.sees(">Name *        ?");
}

#[test]
fn a_read_only_program_opens_no_form() {
    let desk = Desk::example();
    let read_only = tokendeck::tui::Options { read_only: true, ..options() };
    let mut app = desk.seat_with("ada", &read_only, (160, 50));
    app.keys("n").sees("Read-only: nothing is changed").sees_no("[Save]");
}

#[test]
fn r013_help_in_a_form_names_the_keys_of_the_field_and_those_that_work_over_it() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("n PgDn F1").sees("This field").sees("no access, Read, Full");
    app.sees("messages so far").sees_no("choose the account").keys("Esc");
    app.keys("2").sees("Save or cancel the form first").sees("New API token");
}

#[test]
fn b02_the_choices_of_a_field_stand_one_under_the_other_and_stay_at_their_ends() {
    let desk = Desk::example();
    for size in [(160, 50), (80, 24), (40, 12)] {
        let mut app = desk.seat_with("ada", &options(), size);
        app.keys("n Tab Tab Tab Tab Tab Tab").sees(">Expires");
        for choice in ["(o) Never", "( ) 3 months", "( ) 6 months", "( ) 12 months"] {
            assert_eq!(app.line(choice).matches(')').count(), 1, "{choice}: {}", app.screen());
        }
        app.keys("Down Down").sees("(o) 6 months").sees("( ) Never").sees("2026-09-10");
        app.keys("Up Up Up Up Up").sees("(o) Never").sees(">Expires");
        app.keys("Down Down Down Down Down Down").sees("(o) Date").sees(">Expires");
        app.keys("Tab").sees(">Valid to");
    }
}
