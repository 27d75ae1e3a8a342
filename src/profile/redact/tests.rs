use std::borrow::Cow;

use proptest::prelude::*;

use super::redact;

#[test]
fn secrets_are_taken_out_by_their_form() {
    for (text, redacted) in [
        ("key sk-ant-api03-AbCd1234_efGH-5678zz ok", "key [redacted: api key] ok"),
        ("sk-proj-abcdEFGH1234ijklMNOP5678", "[redacted: api key]"),
        ("AKIAIOSFODNN7EXAMPLE.", "[redacted: api key]."),
        (
            "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "aws_secret_access_key = [redacted: api key]",
        ),
        ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "[redacted: token]"),
        ("glpat-abcDEF123456ghiJKL78", "[redacted: token]"),
        ("xoxb-123456789012-abcdefABCDEF", "[redacted: token]"),
        ("sk_live_abcdefghij1234567890", "[redacted: api key]"),
        ("AIzaSyA1234567890abcdefghijklmnopqrstuv", "[redacted: api key]"),
        ("npm_abcdefghijklmnopqrstuvwxyz0123456789", "[redacted: token]"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.abc-DEF_123", "[redacted: token]"),
        ("Authorization: Bearer abcdef0123456789abcdef", "Authorization: Bearer [redacted: token]"),
        ("authorization: Basic dXNlcjpwYXNz", "authorization: Basic [redacted: token]"),
        ("postgres://alice:s3cr@t@db/x", "postgres://alice:[redacted: password]@db/x"),
        ("redis://:hunter2@cache:6379", "redis://:[redacted: password]@cache:6379"),
        ("password=hunter2 user=al", "password=[redacted: password] user=al"),
        ("passwd: hunter2", "passwd: [redacted: password]"),
        ("My password: swordfish", "My password: [redacted: password]"),
        ("my password is hunter2, ok", "my password is [redacted: password], ok"),
        ("{\"api_key\": \"abcdef\"}", "{\"api_key\": \"[redacted: api key]\"}"),
        ("client_secret='xyz zzy'", "client_secret='[redacted: secret]'"),
        ("card 4111 1111 1111 1111!", "card [redacted: card number]!"),
        (
            "4111-1111-1111-1111 and 378282246310005",
            "[redacted: card number] and [redacted: card number]",
        ),
        ("3782 822463 10005", "[redacted: card number]"),
        (
            "a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b",
            "a [redacted: private key] b",
        ),
        ("-----BEGIN PRIVATE KEY-----\nMIIE cut", "[redacted: private key]"),
    ] {
        assert_eq!(redact(text), redacted, "{text}");
    }
}

#[test]
fn what_is_no_secret_is_left_alone_and_not_copied() {
    for text in [
        "I use Rust for the worker and PostgreSQL for the rest.",
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "550e8400-e29b-41d4-a716-446655440000",
        "call +49 170 1234567 or (555) 123-4567",
        "from 2026-11-21 2026-11-22 09:14",
        "order 4111111111111112",
        "at 1763716445123 ms",
        "the password is too weak, and the secret is patience",
        "My secret: I love pizza. Her secretary: Anna",
        "password: I forgot it again",
        "token budget: 400 tokens; tokens = 128000",
        "risk-averse sk-learn user, desk-bound-and-somewhat-happy",
        "https://example.com:8080/a@b and alice@example.com",
        "the bearer of responsibilities-and-duties",
        "api_key=$API_KEY",
    ] {
        assert!(matches!(redact(text), Cow::Borrowed(same) if same == text), "{}", redact(text));
    }
}

proptest! {
    #[test]
    fn redacting_twice_is_as_once(text in "(\\PC|\n){0,60}|((password|secret|token|api key|://a|bearer|sk-)[ :=@'\"]{0,3}[ -~]{0,20}){0,4}") {
        let once = redact(&text).into_owned();
        prop_assert_eq!(redact(&once).into_owned(), once);
    }
}
