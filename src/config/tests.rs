use std::collections::HashMap;
use std::error::Error as _;

use super::*;

fn settings(flags: &Flags, environment: &[(&str, &str)], file: &str) -> Result<Settings, Error> {
    let environment: HashMap<_, _> = environment.iter().copied().collect();
    let file = Dotenv::parse(Path::new(".env"), file.as_bytes())?;
    Settings::new(flags, &|name| environment.get(name).map(OsString::from), &file)
}

fn refused(environment: &[(&str, &str)], file: &str) -> String {
    let error = settings(&Flags::default(), environment, file).unwrap_err();
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

fn defaults() -> Settings {
    settings(&Flags::default(), &[], "").unwrap()
}

#[test]
fn without_anything_set_the_documented_defaults_hold() {
    assert_eq!(
        defaults(),
        Settings {
            store: "memory".to_owned(),
            space: None,
            provider: Provider::Offline,
            fallback: true,
            model: "claude-sonnet-5-5".to_owned(),
            extraction_model: "claude-haiku-5-5".to_owned(),
            prompts: None,
            prices: None,
            caps: Caps::default(),
            keep_days: 30,
            anthropic: Anthropic {
                key: None,
                base_url: "https://api.anthropic.com".parse().unwrap()
            },
            editor: None,
            json: false,
            verbosity: Verbosity::Normal,
            colour: Colour::Auto,
        }
    );
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let flags = Flags { model: Some("from-flag".to_owned()), ..Flags::default() };
    let environment =
        [("ACQUAINT_MODEL", "from-environment"), ("ACQUAINT_STORE", "from-environment")];
    let file = "ACQUAINT_MODEL=from-file\nACQUAINT_STORE=from-file\nACQUAINT_SPACE=from-file";
    let settings = settings(&flags, &environment, file).unwrap();
    assert_eq!(settings.model, "from-flag");
    assert_eq!(settings.store, "from-environment");
    assert_eq!(settings.space.unwrap().as_str(), "from-file");
}

#[test]
fn an_empty_variable_counts_as_not_set_and_an_empty_flag_is_an_error() {
    let environment =
        [("ACQUAINT_MAX_FACTS", ""), ("ANTHROPIC_API_KEY", " \n"), ("ACQUAINT_STORE", "")];
    let given = settings(&Flags::default(), &environment, "ACQUAINT_STORE=kept").unwrap();
    assert_eq!((given.caps.facts, given.store.as_str()), (10, "kept"));
    assert!(given.fallback);

    let flags = Flags { space: Some(String::new()), ..Flags::default() };
    let error = settings(&flags, &[], "").unwrap_err();
    assert_eq!(error.to_string(), "--space is empty; a name is expected");
}

#[test]
fn the_provider_is_the_named_one_or_the_first_with_credentials() {
    let chosen = |environment: &[(&str, &str)]| {
        let settings = settings(&Flags::default(), environment, "").unwrap();
        (settings.provider, settings.fallback)
    };
    let key = ("ANTHROPIC_API_KEY", "sk-ant-1");
    assert_eq!(chosen(&[key]), (Provider::Anthropic, false));
    assert_eq!(chosen(&[]), (Provider::Offline, true));
    assert_eq!(chosen(&[key, ("ACQUAINT_PROVIDER", "offline")]), (Provider::Offline, false));
    assert_eq!(chosen(&[("ACQUAINT_PROVIDER", "anthropic")]), (Provider::Anthropic, false));
    assert_eq!(
        refused(&[("ACQUAINT_PROVIDER", "bedrock")], ""),
        "ACQUAINT_PROVIDER: unknown provider `bedrock`; known are `anthropic`, `offline`"
    );
}

#[test]
fn a_wrong_number_names_the_variable_the_value_and_what_is_expected() {
    for (value, expected) in [
        ("ten", "ACQUAINT_MAX_FACTS is `ten`; a whole number is expected"),
        ("-1", "ACQUAINT_MAX_FACTS is `-1`; a whole number is expected"),
        ("1.5", "ACQUAINT_MAX_FACTS is `1.5`; a whole number is expected"),
        (
            "99999999999999999999999",
            "ACQUAINT_MAX_FACTS is `99999999999999999999999`; a whole number from 0 to 1000000 is expected",
        ),
    ] {
        assert_eq!(refused(&[("ACQUAINT_MAX_FACTS", value)], ""), expected);
    }
    assert_eq!(
        refused(&[], "ACQUAINT_KEEP_DAYS=40000"),
        "ACQUAINT_KEEP_DAYS in .env is `40000`; a whole number from 0 to 36500 is expected"
    );
    let long = "x".repeat(5000);
    assert!(refused(&[("ACQUAINT_MAX_FACTS", &long)], "").len() < 200);
    let spaces = settings(&Flags::default(), &[("ACQUAINT_MAX_FACTS", " 7 ")], "").unwrap();
    assert_eq!(spaces.caps.facts, 7);
}

#[test]
fn a_space_that_is_too_long_says_how_long_it_may_be() {
    assert_eq!(
        refused(&[("ACQUAINT_SPACE", &"s".repeat(256))], ""),
        "ACQUAINT_SPACE cannot be used: the space name has 256 bytes; at most 255 are allowed"
    );
}

#[test]
fn a_base_url_is_checked_and_never_shows_its_password() {
    let given = |url| settings(&Flags::default(), &[("ANTHROPIC_BASE_URL", url)], "");
    assert_eq!(
        given("http://127.0.0.1:8080/").unwrap().anthropic.base_url.to_string(),
        "http://127.0.0.1:8080"
    );
    assert_eq!(given("https://host/a/").unwrap().anthropic.base_url.to_string(), "https://host/a");
    for wrong in ["localhost:8080", "ftp://host", "https://", "https://host?x=1", "a b", "/"] {
        let error = given(wrong).unwrap_err().to_string();
        assert_eq!(error, "ANTHROPIC_BASE_URL cannot be used", "{wrong}");
    }
    let error = given("ftp://me:hunter2@host").unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

#[test]
fn a_credential_is_trimmed_and_shown_nowhere() {
    let given = |key| settings(&Flags::default(), &[("ANTHROPIC_API_KEY", key)], "");
    let settings = given(" sk-ant-secret\r\n").unwrap();
    assert_eq!(settings.anthropic.key, Some("sk-ant-secret".parse().unwrap()));
    assert!(!format!("{settings:?}").contains("sk-ant"));
    for wrong in ["sk-ant secret", "sk-ant-\u{7}", "“sk-ant-secret”"] {
        let error = given(wrong).unwrap_err();
        assert_eq!(error.to_string(), "ANTHROPIC_API_KEY cannot be used");
        assert!(!format!("{error} {error:?}").contains("sk-ant"));
    }
}

#[test]
fn a_malformed_line_is_named_by_file_and_line_and_not_shown() {
    for (file, line) in [
        ("# keys\n\nsk-ant-secret\n", 3),
        ("A=1\r\nB=2\r\nsk-ant-secret = \r\n", 3),
        ("A=1\n1B=sk-ant-secret\nC=3", 2),
        ("A=1\nB='sk-ant-secret\nC=3\n", 2),
        ("A=sk ant secret # why\nB=2", 1),
        ("A= \nA", 2),
    ] {
        let error = refused(&[], file);
        let place = format!("line {line} of `.env` is not of the form");
        assert!(error.starts_with(&place), "{file:?}: {error}");
        assert!(!error.contains("secret"));
    }
    let error = Dotenv::parse(Path::new(".env"), b"A=1\nB=2\nC=\xff\n").err().unwrap();
    assert!(error.to_string().starts_with("line 3 of `.env`"));
}

#[test]
fn a_file_may_have_a_bom_comments_quotes_exports_and_spaces_at_its_end() {
    let file = "\u{feff}export ACQUAINT_STORE='my store' # here\r\n\r\nACQUAINT_MODEL=\"m\"\nACQUAINT_MODEL=n\nACQUAINT_SPACE=s ";
    let settings = settings(&Flags::default(), &[], file).unwrap();
    assert_eq!(settings.store, "my store");
    assert_eq!(settings.model, "m");
    assert_eq!(settings.space.unwrap().as_str(), "s");
}

#[test]
fn a_missing_file_or_a_folder_of_that_name_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join(".env"), folder.path().to_owned()] {
        assert_eq!(Dotenv::read(&path).unwrap().get("A"), None);
    }
}

#[test]
fn the_example_file_shows_every_default() {
    let example = include_str!("../../.env.example");
    let uncommented: Vec<_> = example
        .lines()
        .filter_map(|line| line.strip_prefix('#'))
        .filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()))
        .collect();
    let file = Dotenv::parse(Path::new(".env"), uncommented.join("\n").as_bytes()).unwrap();
    let asked = std::cell::RefCell::new(std::collections::BTreeSet::new());
    let environment = |name: &str| {
        asked.borrow_mut().insert(name.to_owned());
        None
    };
    assert_eq!(Settings::new(&Flags::default(), &environment, &file).unwrap(), defaults());
    for name in asked.into_inner() {
        let shown = file.get(&name).is_some();
        assert_eq!(shown, name.contains("ACQUAINT") || name.contains("ANTHROPIC"), "{name}");
    }
}

#[test]
fn colour_follows_the_conventions() {
    let colour = |environment: &[(&str, &str)]| {
        settings(&Flags::default(), environment, "NO_COLOR=1").unwrap().colour
    };
    assert_eq!(colour(&[("TERM", "xterm")]), Colour::Auto);
    assert_eq!(colour(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]), Colour::Never);
    assert_eq!(colour(&[("NO_COLOR", "")]), Colour::Auto);
    assert_eq!(colour(&[("TERM", "dumb"), ("NO_COLOR", "1")]), Colour::Dumb);
    assert_eq!(colour(&[("TERM", "dumb"), ("CLICOLOR_FORCE", "1")]), Colour::Always);
    assert_eq!(colour(&[("CLICOLOR_FORCE", "0")]), Colour::Auto);
}

#[test]
fn the_editor_is_visual_before_editor() {
    let editor = |environment: &[(&str, &str)]| {
        settings(&Flags::default(), environment, "EDITOR=evil").unwrap().editor
    };
    assert_eq!(editor(&[]), None);
    assert_eq!(editor(&[("EDITOR", "vi")]).as_deref(), Some("vi"));
    assert_eq!(editor(&[("EDITOR", "vi"), ("VISUAL", "code -w")]).as_deref(), Some("code -w"));
}
