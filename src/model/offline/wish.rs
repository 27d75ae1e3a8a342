//! Reads how the user wants things: what to call them, how to answer, what they prefer.

use super::claim::Claim;
use super::pattern::pattern;
use super::slots::{key, preferred, slot};
use super::words::{clean, is_name, outside};

/// The slots that say how to answer.
const ANSWERS: [&str; 4] = ["answer_style", "language", "tone", "units"];

/// Reads how the user wants something.
pub(super) fn preference(text: &str) -> Option<Claim> {
    let said = |key: &str, value: String| Some(Claim::Preference { key: key.to_owned(), value });
    let group =
        |pattern: &regex::Regex, n| Some(pattern.captures(text)?.get(n)?.as_str().to_owned());

    let call = pattern!(
        r"^(?:(?:please |just |you can |can you |could you )*call me|i go by|(?:people|everyone|everybody|(?:my )?friends) calls? me) (.+)$"
    );
    if let Some(name) = group(call, 1) {
        return clean(&name).filter(|name| is_name(name)).and_then(|name| said("call_me", name));
    }
    let zone = pattern!(
        r"^my time ?zone(?:'s| is) (.+)$|^{am} (?:in|on) (?:the )?(.+?) time ?zone$|^{am} (?:in|on) ((?-i:UTC|GMT|CET|CEST|EET|WET|BST|IST|JST|PST|PDT|EST|EDT|CST|MST)(?:[+-]\d{1,2}(?::?\d\d)?)?)$"
    );
    if let Some(found) = zone.captures(text) {
        let value = found.iter().skip(1).flatten().next()?.as_str();
        return said("timezone", clean(value)?);
    }
    if let Some(value) = group(pattern!(r"^my pronouns(?:'re| are) (.+)$"), 1) {
        return said("pronouns", clean(&value)?);
    }
    if let Some(found) =
        pattern!(r"^(?:my|our) favou?rite (.{1,40}?)(?:'s| is| are) (.+)$").captures(text)
    {
        let key = key(found.get(1)?.as_str())?;
        return said(&format!("favourite_{key}"), clean(&outside(found.get(2)?.as_str()))?);
    }
    style(text).or_else(|| standing(text)).or_else(|| prefers(text))
}

/// How answers should be: "please answer in French", "keep it short", "I like my answers short".
fn style(text: &str) -> Option<Claim> {
    let asked = pattern!(
        r"^(?:(?:can|could|would|will) you )?(?:please |always |just )*(?:answer|reply|respond|talk|speak|write)(?: to me| me| back)?(?: always| only)? (?:in )?(.+)$"
    );
    let kept = pattern!(
        r"^(?:(?:can|could|would|will) you )?(?:please |always |just )*(?:keep|make|give me)(?: your| the| my| all)*(?: answers?| replies| responses| explanations?| messages| it| things)? (.+?)(?: answers?| replies| responses)?$"
    );
    let liked = pattern!(
        r"^{i}(?:'d| would)?{adv} (?:like|prefer|want|love|need)(?: my| your| the| all)*(?: answers?| replies| responses| explanations?)(?: to be| in)? (.+)$"
    );
    let kind = pattern!(
        r"^{i}(?:'d| would)?{adv} (?:like|prefer|want|love|need) (.+?) (?:answers?|replies|responses|explanations?)$"
    );
    let be = pattern!(
        r"^(?:(?:can|could|would|will) you )?(?:please |always |just )*be (?:more )?(.+)$"
    );
    let found = [asked, kept, liked, kind, be]
        .iter()
        .find_map(|p| p.captures(text)?.get(1).map(|m| m.as_str()))?;
    let value = clean(found)?;
    let key = slot(&value).filter(|slot| ANSWERS.contains(slot))?;
    (value.split(' ').count() <= 6).then(|| Claim::Preference { key: key.to_owned(), value })
}

/// Standing orders: "always …", "never …", "from now on …", "please don't …".
fn standing(text: &str) -> Option<Claim> {
    let wish = pattern!(
        r"^(?:please |(?:can|could|would|will) you (?:please )?|i want you to |i'd like you to |from now on,? )+(?:always |never |don't |do not |stop )?|^(?:always|never|don't|do not|stop) "
    );
    let lead = wish.find(text)?.as_str().to_lowercase();
    let order = clean(text.get(lead.len()..)?)?;
    let no =
        ["never", "don't", "don’t", "dont", "do not", "stop"].iter().any(|no| lead.contains(no));
    let standing =
        lead.contains("always") || lead.contains("never") || lead.contains("from now on");
    let about_answers = pattern!(
        r"^(?:us|add|includ|apologi|mention|writ|repeat|explain|start|end|giv|show|cit)\w*\b"
    )
    .is_match(&order);
    if !(standing || (no && about_answers)) {
        return None;
    }
    let order = if lead.contains("stop") {
        pattern!(r"^us(?:e|ing)\b").replace(&order, "use").into_owned()
    } else {
        order
    };
    let answers = slot(&order).filter(|slot| ANSWERS.contains(slot));
    let key = answers.map(str::to_owned).or_else(|| key(&order))?;
    let value = format!("{} {}", if no { "never" } else { "always" }, outside(&order));
    Some(Claim::Preference { key, value })
}

fn prefers(text: &str) -> Option<Claim> {
    let pattern = pattern!(
        r"^{i}(?:'d| would)?{adv} prefer (.+?)(?: (?:over|to|rather than|instead of|than|more than) (.+))?$"
    );
    let units =
        pattern!(r"^(?:please |{i}{adv} )?use (metric|imperial|celsius|fahrenheit)(?: units)?$");
    if let Some(found) = units.captures(text) {
        return Some(Claim::Preference {
            key: "units".into(),
            value: found.get(1)?.as_str().to_owned(),
        });
    }
    let found = pattern.captures(text)?;
    // "I prefer to walk" has no second thing.
    let (value, over) = match (found.get(1)?.as_str(), found.get(2).map(|m| m.as_str())) {
        (value, Some(over)) if !value.trim().is_empty() => {
            (value.to_owned(), Some(over.to_owned()))
        }
        (value, _) => (value.to_owned(), None),
    };
    let (key, value) = preferred(&value, over.as_deref())?;
    let over = over.as_deref().and_then(clean);
    Some(Claim::Preferred { key, value: outside(&value), over })
}
