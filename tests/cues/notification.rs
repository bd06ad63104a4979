//! Notifications: which way a terminal is told, byte for byte.

use dermaroll::content::Notify;
use dermaroll::cues::notification::{Route, through_tmux};

fn found(setting: Notify, environment: &[(&str, &str)]) -> (Route, bool) {
    let value = |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    Route::find(setting, &value)
}

fn auto(environment: &[(&str, &str)]) -> Route {
    let (route, wrapped) = found(Notify::Auto, environment);
    assert!(!wrapped);
    route
}

#[test]
fn the_terminal_is_known_by_its_name() {
    let xterm = ("TERM", "xterm-256color");
    for (environment, route) in [
        (vec![("TERM", "xterm-kitty")], Route::Osc99),
        (vec![xterm, ("KITTY_WINDOW_ID", "1")], Route::Osc99),
        (vec![("TERM", "foot")], Route::Osc777),
        (vec![("TERM", "foot-extra")], Route::Osc777),
        (vec![xterm, ("VTE_VERSION", "7600")], Route::Osc777),
        (vec![("TERM", "rxvt-unicode-256color")], Route::Osc777),
        (vec![("TERM", "xterm-ghostty")], Route::Osc777),
        (vec![xterm, ("TERM_PROGRAM", "ghostty")], Route::Osc777),
        (vec![xterm, ("TERM_PROGRAM", "iTerm.app")], Route::Osc9),
        (vec![xterm, ("TERM_PROGRAM", "WezTerm")], Route::Osc9),
        (vec![xterm], Route::None),
        (vec![xterm, ("TERM_PROGRAM", "Apple_Terminal")], Route::None),
        (vec![], Route::None),
        // Left over from the terminal that started this one.
        (vec![("TERM", "foot"), ("KITTY_WINDOW_ID", "1")], Route::Osc777),
        (vec![("TERM", "linux"), ("VTE_VERSION", "7600")], Route::None),
        (vec![("TERM", "dumb"), ("TERM_PROGRAM", "iTerm.app")], Route::None),
    ] {
        assert_eq!(auto(&environment), route, "{environment:?}");
    }
}

#[test]
fn inside_another_terminal_nothing_is_known() {
    for inside in ["TMUX", "STY", "ZELLIJ"] {
        let environment = [("TERM", "xterm-kitty"), ("KITTY_WINDOW_ID", "1"), (inside, "0")];
        assert_eq!(auto(&environment), Route::None, "{inside}");
    }
    let named = Notify::Osc9;
    assert_eq!(found(named, &[("TMUX", "/tmp/tmux,1,0")]), (Route::Osc9, true));
    assert_eq!(found(named, &[("TERM", "xterm")]), (Route::Osc9, false));
    assert_eq!(found(Notify::Never, &[("TMUX", "1")]), (Route::None, false));
    assert_eq!(found(Notify::Never, &[("TERM", "xterm-kitty")]), (Route::None, false));
}

#[test]
fn each_route_has_its_bytes() {
    let shown = |route: Route| String::from_utf8(route.show("dermaroll", "Soak finished")).unwrap();
    assert_eq!(
        shown(Route::Osc99),
        "\x1b]99;i=dermaroll:d=0;dermaroll\x1b\\\x1b]99;i=dermaroll:p=body;Soak finished\x1b\\"
    );
    assert_eq!(shown(Route::Osc777), "\x1b]777;notify;dermaroll;Soak finished\x1b\\");
    assert_eq!(shown(Route::Osc9), "\x1b]9;dermaroll: Soak finished\x1b\\");
    assert_eq!(shown(Route::None), "");
    assert_eq!(Route::Osc99.clear(), b"\x1b]99;i=dermaroll:p=close;\x1b\\");
    for route in [Route::Osc9, Route::Osc777, Route::None] {
        assert!(route.clear().is_empty());
    }
}

#[test]
fn no_text_ends_the_sequence_or_hides_in_it() {
    let words = "a\x1b\\b\x07c\u{9c}d\u{202e}e\u{200b}f\ng\0h";
    assert_eq!(Route::Osc777.show("x;y", words), b"\x1b]777;notify;x,y;a\\bcdef gh\x1b\\");
    assert_eq!(Route::Osc9.show("", words), b"\x1b]9;a\\bcdef gh\x1b\\");
    assert_eq!(
        Route::Osc99.show("x;y", words),
        b"\x1b]99;i=dermaroll:d=0;x;y\x1b\\\x1b]99;i=dermaroll:p=body;a\\bcdef gh\x1b\\"
    );
    for route in [Route::Osc9, Route::Osc777, Route::Osc99] {
        assert!(route.show(&"é".repeat(5_000), &"漢".repeat(5_000)).len() < 2_048, "{route:?} fits a terminal");
    }
}

#[test]
fn no_text_is_taken_for_progress() {
    for (title, words) in [("", "4;1;50"), ("4;1;50", ""), ("4", ""), ("", "4"), ("4;", ";1"), ("\u{200b}4", "\x1b;1")]
    {
        let shown = String::from_utf8(Route::Osc9.show(title, words)).unwrap();
        let text = shown.strip_prefix("\x1b]9;").unwrap().strip_suffix("\x1b\\").unwrap();
        assert!(!text.contains(';') && !text.starts_with('4'), "{shown:?}");
    }
    assert_eq!(Route::Osc9.show("", "4;1;50"), b"\x1b]9; 4,1,50\x1b\\");
}

#[test]
fn tmux_passes_it_on() {
    assert_eq!(
        through_tmux(&Route::Osc9.show("dermaroll", "Saved")),
        b"\x1bPtmux;\x1b\x1b]9;dermaroll: Saved\x1b\x1b\\\x1b\\"
    );
    assert!(through_tmux(&Route::None.show("dermaroll", "Saved")).is_empty());
}
