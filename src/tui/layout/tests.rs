use super::*;
use crate::tui::picture::text;

const TABS: [(&str, &str); 7] = [
    ("1", "Home"),
    ("2", "Accounts"),
    ("3", "Contacts"),
    ("4", "Leads"),
    ("5", "Pipeline"),
    ("6", "Cases"),
    ("7", "Activities"),
];

const HINTS: [(&str, &str); 9] = [
    ("⏎", "open"),
    ("x", "done"),
    ("r", "reschedule"),
    ("a", "log"),
    ("n", "new"),
    ("/", "filter"),
    (":", "go"),
    ("ctrl-p", "find"),
    ("?", "help"),
];

/// A whole screen with everything that can lie on it.
fn screen(width: u16, height: u16, home: bool) -> String {
    let theme = Theme::named(Theme::DEFAULT).unwrap();
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let shell = Shell::of(area);
    shell.rules(&mut buf, theme);
    let tabs = TABS.map(|(key, title)| Tab { key, title, active: title == "Home" });
    let top = Top {
        crumbs: if home {
            &["Kontor", "Nordwind Instruments"]
        } else {
            &["Accounts", "Kuroda 黒田製作所", "Edit"]
        },
        between: if home { " · " } else { " › " },
        note: if home { "" } else { "3 people · 2 deals" },
        tabs: if home { &tabs } else { &[] },
        user: "Lena",
        ahead_behind: Some((2, 0)),
        standing: if home { Standing::Clean } else { Standing::Dirty },
    };
    let areas = top.draw(&mut buf, shell.top, theme);
    for (index, area) in &areas.tabs {
        assert_eq!(area.width as usize, TABS[*index].1.len() + 2, "a tab's area is the tab");
    }
    let hints = HINTS.map(|(key, label)| Hint::new(key, label));
    Foot { hints: &hints, note: if home { "" } else { "2 fields changed" } }
        .draw(&mut buf, shell.foot, theme);
    text(&buf)
}

#[test]
fn screens_of_every_size() {
    for (width, height) in [(120, 40), (80, 24), (40, 12), (200, 60)] {
        for (home, name) in [(true, "home"), (false, "record")] {
            insta::assert_snapshot!(format!("{name}-{width}x{height}"), screen(width, height, home));
        }
    }
}

#[test]
fn no_size_breaks_anything() {
    for width in (0..=30).chain([59, 60, 109, 110, 300]) {
        for height in 0..=20 {
            for home in [true, false] {
                screen(width, height, home);
            }
            let area = Rect::new(3, 2, width, height);
            let shell = Shell::of(area);
            let parts = [shell.top, shell.rule_above, shell.body, shell.rule_below, shell.foot];
            assert_eq!(parts.iter().map(|part| part.height).sum::<u16>(), height);
            assert!(parts.iter().all(|part| part.is_empty() || area.intersection(*part) == *part));
            let (list, preview) = with_preview(shell.body);
            let (left, right) = columns(shell.body, 60);
            for part in [
                list,
                preview.unwrap_or_default(),
                left,
                right,
                popup(shell.body, 50, 9),
                side(shell.body, 48),
            ] {
                assert!(
                    part.is_empty() || shell.body.intersection(part) == part,
                    "{part:?} in {:?}",
                    shell.body
                );
            }
        }
    }
}

#[test]
fn a_preview_goes_where_there_is_room() {
    let preview = |width, height| with_preview(Rect::new(0, 0, width, height)).1;
    assert_eq!(preview(120, 24), Some(Rect::new(74, 0, 46, 24)));
    assert_eq!(preview(80, 40), Some(Rect::new(0, 25, 80, 15)));
    assert_eq!(preview(80, 20), None);
}
