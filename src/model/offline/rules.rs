//! The rules: what a clause must look like, and what it then says.
//!
//! Tables of patterns (see [`super::pattern::compile`]) and what they give; the first that fits is taken. In what they
//! give, `$1` is a cleaned value, `%1` a verb in the third person, `^1` a value with a capital.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::pattern::compile;
use super::words::{capital, clean, outside, third_person};

/// A compiled table.
pub(super) type Table = Vec<(Regex, &'static str)>;

/// A table that is compiled when it is first used.
fn table(rows: &[(&str, &'static str)]) -> Table {
    rows.iter().map(|(pattern, gives)| (compile(pattern), *gives)).collect()
}

/// Statements about the user that are facts.
pub(super) static FACTS: LazyLock<Table> = LazyLock::new(|| {
    table(&[
        (
            r"^{am}{adv} (\d{1,3})(?: (?:years old|years of age|yo|y/o|yrs old))?$",
            "Is $1 years old",
        ),
        (r"^my age is (\d{1,3})$", "Is $1 years old"),
        (r"^i(?:'ve| have)?(?: just)? turned (\d{1,3})\b.*$", "Is $1 years old"),
        (r"^my birthday(?:'s| is)(?: on)? (.+)$", "Birthday is $1"),
        (r"^i was born on (.+)$", "Birthday is $1"),
        (r"^i was born in (.+)$", "Was born in $1"),
        (
            r"^{i}{adv} live (with|near|alone|on|at|close to|next to|just outside|outside) (.+)$",
            "Lives $1 $2",
        ),
        (r"^{i}{adv} live (alone|abroad|together|apart)$", "Lives $1"),
        (r"^{i}{adv} live in (.+)$", "Lives in $1"),
        (r"^{i}(?:'ve| have){adv} (?:lived|been living) in (.+)$", "Lives in $1"),
        (r"^{am}{adv} (?:living|based|located) in (.+)$", "Lives in $1"),
        (r"^my home(?: town| city)? is (.+)$", "Lives in $1"),
        (
            r"^{i}(?:'ve| have)?{adv} (?:moved|relocated)(?: house| back| over)*(?: from .+?)? to (.+)$",
            "Lives in $1",
        ),
        (r"^{am}{adv} (?:originally |actually )?from (.+)$", "Is from $1"),
        (r"^{i} come from (.+)$", "Is from $1"),
        (r"^{i} grew up in (.+)$", "Grew up in $1"),
        (r"^{i}{adv} work (at|for) (.+?) as (.+)$", "Works $1 $2 as $3"),
        (r"^{i}{adv} work as (.+?) (at|for) (.+)$", "Works $2 $3 as $1"),
        (r"^{i}{adv} work (at|for|as|in|on|with) (.+)$", "Works $1 $2"),
        (
            r"^{i}{adv} work (remotely|from home|part[- ]time|full[- ]time|nights|night shifts|freelance)$",
            "Works $1",
        ),
        (r"^{am}{adv} (?:working|employed) (at|for) (.+?) as (.+)$", "Works $1 $2 as $3"),
        (r"^{am}{adv} (?:working|employed) (at|for|as) (.+)$", "Works $1 $2"),
        (
            r"^{i}(?:'ve| have)?{adv} (?:joined|(?:got|took|accepted|started)(?: a| my)?(?: new)? (?:job|position|role|work|working) (?:at|with|for)) (.+)$",
            "Works at $1",
        ),
        (r"^my (?:job|job title|profession|occupation|role) is (.+)$", "Works as $1"),
        (r"^my (?:employer|workplace) is (.+)$", "Works at $1"),
        (
            r"^{am}{adv} (?:an? )?(?:strict |lifelong )?(vegetarian|vegan|pescatarian|pescetarian|gluten[- ]free|lactose[- ]intolerant|coeliac|celiac|diabetic|teetotal|left[- ]handed|colou?r[- ]?blind|dyslexic|retired|unemployed|self[- ]employed|divorced|widowed|single|engaged)s?$",
            "Is $1",
        ),
        (r"^{am}{adv} married to (.+)$", "Is married to $1"),
        (r"^{am}{adv} (married)$", "Is $1"),
        (r"^{am}{adv}(?: \w+ly)? (?:allergic|intolerant) to (.+)$", "Allergic to $1"),
        (r"^{i} have an? (.+?) allergy$", "Allergic to $1"),
        (
            r"^{i}{adv} (?:don't|do not|never|can't|cannot) (eat|drink|smoke) (.+)$",
            "Does not $1 $2",
        ),
        (r"^{i}{adv} (?:don't|do not|never) (drink|smoke)$", "Does not $1"),
        (r"^my (?:native|first|mother) (?:language|tongue) is (.+)$", "Native language is $1"),
        (r"^{i}{adv}(?: can)?(?: fluently)? speak (.+)$", "Speaks $1"),
        (
            r"^(?:my|our) {kin}(?:'s name is|'s name's| is called| is named|'s called|'s named) (.+)$",
            "^1 is called $2",
        ),
        (r"^(?:my|our) {kin}(?: is|'s) ((?-i:\p{Lu})[\p{L}'-]+)$", "^1 is called $2"),
        (
            r"^(?:my|our) {kin}(?: is|'s) ((?:an?|the) .+|\d+.*|allergic .+|pregnant|vegan|vegetarian|deaf|blind)$",
            "^1 is $2",
        ),
        (r"^(?:my|our) {kin},? ((?-i:\p{Lu})\p{L}+)\b.*$", "^1 is called $2"),
        (
            r"^(?:my|our) (kids|children|cats|dogs|parents|daughters|sons|twins|pets) are(?: called| named)? (.+)$",
            "^1 are called $2",
        ),
        (
            r"^(?:my|our) (stack|backend|front ?end|database|server|website|laptop|phone|car|bike|computer|team|company|project|startup|app|product|bot|cluster|pipeline) (is called|is named|is written in|is built with|runs on|is|uses|has) (.+)$",
            "^1 $2 $3",
        ),
        (
            r"^{am}{adv} (?:an? )?(?:(?:big|huge|massive|real) )?(?:fan of|fond of|keen on|into) (.+)$",
            "Likes $1",
        ),
        (
            r"^{i}{adv} (?:don't|do not)(?: really| much)? (?:like|enjoy|care for) (.+)$",
            "Dislikes $1",
        ),
        (r"^{i}{adv} (?:can't|cannot) (?:stand|bear) (.+)$", "Hates $1"),
        (r"^{i}{adv} (like|love|enjoy|adore|hate|dislike|detest)(?: very much)? (.+)$", "%1 $2"),
        (r"^{i}{adv} (deploy|host) (?:it |things )?(?:on|to|with) (.+)$", "%1 on $2"),
        (r"^{i}{adv} use (.+)$", "Uses $1"),
        (r"^{am}{adv} using (.+)$", "Uses $1"),
        (
            r"^{i}(?:'ve| have)?{adv} (?:switched|migrated|changed)(?: over)?(?: from .+?)? to (.+)$",
            "Uses $1",
        ),
        (
            r"^{i}{adv} (?:code|program|develop|write code|script)(?: mostly| mainly)? in (.+)$",
            "Writes code in $1",
        ),
        (r"^{i}(?:'ve| have)? ((?:co-?)?founded) (.+)$", "^1 $2"),
        (
            r"^{i}{adv} (run|own|manage|lead|teach|study|maintain|coach|play|drive|collect|practi[sc]e|grow|brew) (.+)$",
            "%1 $2",
        ),
        (r"^{am}{adv} (?:planning|hoping|intending|aiming) to (.+)$", "Plans to $1"),
        (r"^{am}{adv} planning (.+)$", "Plans $1"),
        (r"^{i}{adv} (?:plan|intend|aim|hope) to (.+)$", "Plans to $1"),
        (r"^{am}{adv} going to ((?-i:\p{Lu}|the ).*)$", "Is going to $1"),
        (r"^{am}{adv} going to (.+)$", "Plans to $1"),
        (r"^{am}{adv} (flying|travell?ing|moving|heading) to (.+)$", "Is $1 to $2"),
        (
            r"^{am}{adv} ((?:getting married|getting divorced|having a baby|expecting|retiring|graduating)(?: .+)?)$",
            "Is $1",
        ),
        (r"^{i}{adv} want to (.+)$", "Wants to $1"),
        (r"^my (goal|dream|plan|hobby|hobbies|passion)(?: is| are) (.+)$", "^1 is $2"),
        (
            r"^{am}{adv} (working on|building|developing|writing|making|creating|designing|learning|studying|reading|training for|preparing|launching|renovating|organi[sz]ing|migrating|rewriting|refactoring|porting|saving for) (.+)$",
            "Is $1 $2",
        ),
        (
            r"^{i}{adv} (?:have|own|have got|'ve got)((?: (?:an?|one|two|three|four|five|six|\d+|twin|my own)) .+)$",
            "Has $1",
        ),
        (r"^{i}(?:'ve| have) got ((?:an?|one|two|three|four|five|six|\d+|twin) .+)$", "Has $1"),
        (
            r"^{i}{adv} have (kids|children|twins|diabetes|(?:type [12] )?diabetes|asthma|adhd|autism|migraines|epilepsy|dyslexia|insomnia)$",
            "Has $1",
        ),
        (r"^{i}(?:'ve| have) been (an? .+?)(?: for .+)?$", "Is $1"),
        (r"^{am}{adv} (an? .+|the .+ (?:of|at|for|in) .+)$", "Is $1"),
        (
            r"^{am}{adv} ((?-i:\p{Lu})\p{L}*(?:ish|ese|ian|ean|ican|can|ench|utch|erman|elsh|eek))$",
            "Is $1",
        ),
    ])
});

/// Statements that settle something. What they give is read further by [`super::claim`].
pub(super) static DECISIONS: LazyLock<Table> = LazyLock::new(|| {
    table(&[
        (
            r"^{i}(?:'ve| have)?{adv} (?:decided|chosen|agreed|opted|resolved) (?:to go with|to use|to adopt|to pick|to choose|to stick with|to stay with|to switch to|on using|on|upon|in favou?r of|for) (.+)$",
            "$1",
        ),
        (r"^{i}(?:'ve| have)?{adv} (?:decided|agreed|opted|chosen|resolved) to (.+)$", "$1"),
        (
            r"^{i}(?:'ve| have)?{adv} (?:decided|agreed|opted|chosen|resolved) ((?:not to|against) .+)$",
            "$1",
        ),
        (
            r"^{i}(?:'ve| have)?{adv} (?:decided|agreed)(?: that)? (?:we|i)(?:'ll| will| should)? (?:use |go with )?(.+)$",
            "$1",
        ),
        (
            r"^{i}(?:'ll| will|'re going to| are going to|'m going to| am going to|'re| are|'m| am|'ve| have)?{adv} (?:go|going|went|gone|stick|sticking|stay|staying) with (.+)$",
            "$1",
        ),
        (r"^{i}(?:'ll| will){adv} (?:use|adopt|switch to) (.+)$", "$1"),
        (
            r"^(?:let's|let us){adv} (?:go with|use|stick with|stay with|choose|pick|take|adopt|switch to|settle on|go for) (.+)$",
            "$1",
        ),
        (
            r"^{i}(?:'ve| have)?{adv} (?:chose|chosen|picked|selected|settled on|settled for|opted for|agreed on|landed on) (.+)$",
            "$1",
        ),
        (r"^(?:(?:the|our|my|final) )*decision(?:\s*:| is:?| was:?)(?: to| that)? (.+)$", "$1"),
        (r"^(?:it's|it is) (?:decided|settled)[\s:,–-]+(.+)$", "$1"),
    ])
});

/// Statements that take something back; what they give is looked for among what is known.
pub(super) static RETIREMENTS: LazyLock<Table> = LazyLock::new(|| {
    table(&[
        (r"^(?:{i}|{am}){adv} no longer (.+)$", "$1"),
        (r"^{i}{adv} (?:don't|do not) (.+?) any ?(?:more|longer)\b.*$", "$1"),
        (r"^{am} not (.+?) any ?(?:more|longer)\b.*$", "$1"),
        (
            r"^{i}(?:'ve| have)?{adv} (?:stopped|quit|gave up|given up|ditched|dropped|abandoned|cancell?ed|sold|got rid of|left)(?: my job (?:at|as))? (.+)$",
            "$1",
        ),
        (r"^forget (?:that |about )(?:{i} |{am} |my )?(.+)$", "$1"),
        (r"^{i} used to (.+)$", "$1"),
    ])
});

/// Denials: they take back only what is known in so many words.
pub(super) static DENIALS: LazyLock<Table> = LazyLock::new(|| {
    table(&[
        (
            r"^{i}{adv} (?:don't|do not|never) ((?:use|live|work|have|eat|own|speak|play|drive|need|want) .+)$",
            "$1",
        ),
        (r"^{am} not (.+)$", "$1"),
    ])
});

/// The first row that fits, filled in. `None` when nothing fits or a value of it is none.
pub(super) fn first(table: &Table, text: &str) -> Option<String> {
    table.iter().find_map(|(pattern, gives)| {
        let found = pattern.captures(text)?;
        fill(gives, &found)
    })
}

fn fill(gives: &str, found: &Captures<'_>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = gives;
    while let Some(at) = rest.find(['$', '%', '^']) {
        let (before, marked) = rest.split_at(at);
        let mut chars = marked.chars();
        let (mark, digit) = (chars.next()?, chars.next()?.to_digit(10)?);
        let group = found.get(usize::try_from(digit).ok()?)?.as_str();
        filled.push_str(before);
        filled.push_str(&match mark {
            '%' => third_person(group),
            '^' => capital(&group.to_lowercase()),
            _ => outside(&clean(group)?),
        });
        rest = chars.as_str();
    }
    filled.push_str(rest);
    Some(filled)
}
