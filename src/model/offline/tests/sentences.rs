//! What single messages teach.

use super::*;

#[track_caller]
fn teach(cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = (cases.iter())
        .map(|(text, expected)| (text, expected, learned(text)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| {
            format!("{text}\n  expected {expected:?}\n  found    {found:?}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn who_somebody_is() {
    teach(&[
        ("My name is Ana.", &["f:Name is Ana"]),
        ("my name's ana", &["f:Name is ana"]),
        ("Hi, I'm Ana!", &["f:Name is Ana"]),
        ("I am Ana Sofia O’Brien", &["f:Name is Ana Sofia O’Brien"]),
        ("I'm Ana, a nurse from Porto", &["f:Name is Ana"]),
        ("I'm Bob from accounting", &["f:Name is Bob"]),
        ("I'm Ana (she/her)", &["f:Name is Ana"]),
        ("I'm called José", &["f:Name is José"]),
        ("Actually, my name is Anna", &["f:Name is Anna"]),
        ("Please call me Max", &["p:call_me=Max"]),
        ("You can call me \"Max\"", &["p:call_me=Max"]),
        ("I'm 34", &["f:Is 34 years old"]),
        ("i am 34 years old", &["f:Is 34 years old"]),
        ("I just turned 40 last week!", &["f:Is 40 years old"]),
        ("My birthday is on 3 May", &["f:Birthday is 3 May"]),
        ("I'm a nurse", &["f:Is a nurse"]),
        ("I'm the CTO of Acme", &["f:Is the CTO of Acme"]),
        ("I'm German", &["f:Is German"]),
        ("I'm vegetarian", &["f:Is vegetarian"]),
        ("i’m allergic to peanuts, so no satay please", &["f:Allergic to peanuts"]),
        ("I don't eat pork", &["f:Does not eat pork"]),
        ("I speak English and Portuguese.", &["f:Speaks English and Portuguese"]),
        ("I'm married to Tom", &["f:Is married to Tom"]),
    ]);
}

#[test]
fn where_and_what_somebody_does() {
    teach(&[
        ("I live in Porto.", &["f:Lives in Porto"]),
        ("i live in porto, portugal", &["f:Lives in porto, portugal"]),
        ("I currently live in São Paulo because of work", &["f:Lives in São Paulo"]),
        ("I've lived in Berlin since 2020", &["f:Lives in Berlin"]),
        ("We moved to Porto last year", &["f:Lives in Porto"]),
        ("I moved from Lisbon to Porto", &["f:Lives in Porto"]),
        ("I'm based in St. Louis.", &["f:Lives in St. Louis"]),
        ("I live in a small flat with two cats", &["f:Lives in a small flat with two cats"]),
        ("I'm from Brazil", &["f:Is from Brazil"]),
        ("I work at Acme as a nurse", &["f:Works at Acme as a nurse"]),
        ("i work as a nurse at acme", &["f:Works at acme as a nurse"]),
        ("I work for the city", &["f:Works for the city"]),
        ("I'm working at Globex now", &["f:Works at Globex"]),
        ("I got a new job at Globex!", &["f:Works at Globex"]),
        ("My job is teacher", &["f:Works as teacher"]),
        ("I'm building a chess engine", &["f:Is building a chess engine"]),
        ("We’re working on a billing service", &["f:Is working on a billing service"]),
        ("I study physics", &["f:Studies physics"]),
        ("I run a bakery", &["f:Runs a bakery"]),
        ("I'm planning to visit Japan", &["f:Plans to visit Japan"]),
        ("I'm going to Japan in May", &["f:Is going to Japan in May"]),
    ]);
}

#[test]
fn what_somebody_has_and_uses() {
    teach(&[
        ("I use Rust for the worker", &["f:Uses Rust for the worker"]),
        ("i use rust for the worker", &["f:Uses rust for the worker"]),
        ("im using   postgres 16", &["f:Uses postgres 16"]),
        ("We use Kafka for our events.", &["f:Uses Kafka for their events"]),
        ("I mostly code in C++", &["f:Writes code in C++"]),
        ("My team uses Slack", &["f:Team uses Slack"]),
        ("I have a dog named Rex", &["f:Has a dog named Rex"]),
        ("I have two kids", &["f:Has two kids"]),
        ("My daughter is called Mia", &["f:Daughter is called Mia"]),
        ("my wife's name is Eva 🙂", &["f:Wife is called Eva"]),
        ("My son Leo is 5", &["f:Son is called Leo"]),
        ("We deploy on Kubernetes", &["f:Deploys on Kubernetes"]),
        ("I have type 2 diabetes", &["f:Has type 2 diabetes"]),
        ("My dog is Rex", &["f:Dog is called Rex"]),
        ("Our older son is 12", &["f:Older son is 12"]),
        ("I love hiking!!", &["f:Loves hiking"]),
        ("I like tea, cake and long walks", &["f:Likes tea, cake and long walks"]),
        ("I really don't like mushrooms", &["f:Dislikes mushrooms"]),
        ("I can't stand meetings", &["f:Hates meetings"]),
        ("I'm a big fan of Miles Davis", &["f:Likes Miles Davis"]),
    ]);
}

#[test]
fn how_somebody_wants_things() {
    teach(&[
        ("I prefer tea", &["p:drink=tea"]),
        ("I prefer coffee over tea", &["p:drink=coffee"]),
        ("i prefer dark mode", &["p:theme=dark mode"]),
        ("I'd prefer short answers", &["p:answer_style=short"]),
        ("I like my answers short", &["p:answer_style=short"]),
        ("Please keep it short.", &["p:answer_style=short"]),
        ("Could you keep your answers brief?", &["p:answer_style=brief"]),
        ("Please answer in French", &["p:language=French"]),
        ("I prefer metric units", &["p:units=metric units"]),
        ("I prefer vim over emacs", &["p:editor=vim"]),
        ("I prefer cats over dogs", &["p:cats_or_dogs=cats"]),
        ("I prefer dogs to cats", &["p:cats_or_dogs=dogs"]),
        ("I prefer an aisle seat", &["p:seat=an aisle seat"]),
        ("I prefer to walk", &["p:prefers_walk=to walk"]),
        ("My favourite colour is green", &["p:favourite_colour=green"]),
        ("My favorite color is blue", &["p:favourite_colour=blue"]),
        ("My timezone is Europe/Lisbon.", &["p:timezone=Europe/Lisbon"]),
        ("I'm on UTC+2", &["p:timezone=UTC+2"]),
        ("Never use emoji", &["p:use_emoji=never use emoji"]),
        ("Please don't use emoji", &["p:use_emoji=never use emoji"]),
        ("Please always use emoji", &["p:use_emoji=always use emoji"]),
        ("From now on, answer in German", &["p:language=always answer in German"]),
        ("Be concise.", &["p:answer_style=concise"]),
        ("Please answer briefly!", &["p:answer_style=briefly"]),
        ("Don't use emojis please", &["p:use_emojis=never use emojis"]),
        ("I use metric units", &["p:units=metric"]),
        ("I prefer my coffee black", &["p:coffee=black"]),
        ("I go by Sam", &["p:call_me=Sam"]),
        ("My pronouns are they/them", &["p:pronouns=they/them"]),
    ]);
}

#[test]
fn what_somebody_settled() {
    teach(&[
        ("Let's go with Fly for hosting", &["d:hosting=Fly"]),
        ("We decided to use Postgres for storage.", &["d:storage=Postgres"]),
        ("We'll go with usage-based for pricing", &["d:pricing=usage-based"]),
        ("For pricing, we'll go with usage-based", &["d:pricing=usage-based"]),
        ("we chose SQLite over Postgres for the cache", &["d:cache=SQLite over Postgres"]),
        ("For the database we'll use Postgres", &["d:database=Postgres"]),
        ("let’s use Rust", &["d:programming language=Rust"]),
        ("I've decided to learn Spanish", &["d:language=learn Spanish"]),
        ("I decided to sell the car", &["d:transport=sell the car"]),
        ("Decision: ship on Friday", &["d:ship friday=ship on Friday"]),
        ("I decided not to renew the lease", &["d:renew lease=not to renew the lease"]),
    ]);
}

#[test]
fn several_things_in_one_message() {
    teach(&[
        (
            "I'm Ana, I live in Porto and I work at Acme as a nurse.",
            &["f:Name is Ana", "f:Lives in Porto", "f:Works at Acme as a nurse"],
        ),
        ("i live in porto and work at acme", &["f:Lives in porto", "f:Works at acme"]),
        (
            "Hello! My name is Bo. I use Rust for the worker; I prefer tea, and let's go with Fly for hosting.",
            &["f:Name is Bo", "f:Uses Rust for the worker", "p:drink=tea", "d:hosting=Fly"],
        ),
        ("- I live in Porto\n- I have a cat", &["f:Lives in Porto", "f:Has a cat"]),
        ("I live in Porto, what can I see there?", &["f:Lives in Porto"]),
        ("I live in Porto. Where should I eat?", &["f:Lives in Porto"]),
        ("If you need it, my timezone is CET", &["p:timezone=CET"]),
        ("Since I live in Porto, I like the sea", &["f:Lives in Porto", "f:Likes the sea"]),
        ("I told you I live in Porto", &["f:Lives in Porto"]),
        (
            "Please remember that the deploy key rotates on Fridays",
            &["f:The deploy key rotates on Fridays"],
        ),
        ("remember: my sister is called Zoë", &["f:Sister is called Zoë"]),
        ("Remember that I live in Porto", &["f:Lives in Porto"]),
        ("I live in Porto. Please translate this: I live in Berlin", &["f:Lives in Porto"]),
    ]);
}

#[test]
fn what_teaches_nothing() {
    let nothing = [
        "",
        "Where do I live?",
        "do i live in porto",
        "Do you think I use Rust for the worker?",
        "I live in Porto, right?",
        "Should we go with Fly for hosting?",
        "If I lived in Paris, I would eat well",
        "If I live in Porto, do I pay taxes?",
        "Imagine I live on Mars.",
        "Suppose my name is Bob",
        "I would like to live in Rome",
        "I might move to Rome",
        "I used to live in Berlin",
        "My friend lives in Berlin",
        "My boss said I work at Acme",
        "She said, I live in Porto",
        "He uses Rust for the worker",
        "My friend wrote: I live in Berlin and I prefer tea",
        "> I live in Berlin",
        "```\nI live in Berlin\n```",
        "My neighbour shouted \"I live in Berlin and I love it\" again",
        "Summarise this text: I live in Berlin. I prefer tea.\nI am a nurse.",
        "Here is the mail I got:\nI live in Berlin",
        "From: bob@example.com\nI live in Berlin",
        "Write a story in which I live on Mars",
        "I have a question",
        "I have to go",
        "I'm a bit tired",
        "I'm tired",
        "I'm not a doctor",
        "I'm going to bed",
        "I like it",
        "I like that idea",
        "I want to know more",
        "I use it for that",
        "Call me later",
        "My password is hunter2",
        "My API key is sk-ant-abc123456789",
        "I use 4111 1111 1111 1111 as my card",
        "I have no idea",
        "I don't live in Porto",
        "I no longer use Redis",
        "Don't worry",
        "Thanks, that's great!",
        "The weather in Porto is nice.",
        "Rust is a language.",
    ];
    teach(&nothing.map(|text| (text, &[][..])));
}

#[test]
fn what_somebody_is_not_sure_of_has_medium_confidence() {
    let input = json!({"turns": [{"role": "user", "text": "I think I live in Porto. I live near a park."}], "running_summary": ""});
    let update = extracted(&input);
    assert_eq!(update["new_facts"][0]["confidence"], "medium");
    assert_eq!(update["new_facts"][1]["confidence"], "high");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        learned(&text);
    }

    #[test]
    fn no_mix_of_its_own_words_makes_it_panic(
        text in "(I |i'm |my |we |dog |is called |live in |use |prefer |over |to |for |and |, |\\. |\\? |“|\"|`|Ana |Porto |no longer |decided |let's |go with |always |never |it |: |\n|remember that |İ|ß|ﬁ|🐝){0,24}",
    ) {
        learned(&text);
        call(&request("<memory>\nFacts:\n- Lives in Porto\n</memory>", &[&format!("x{text}")], None)).unwrap();
    }
}

#[test]
fn a_long_turn_takes_linear_time() {
    for unit in [
        "word ",
        "I live in Porto and ",
        "and i ",
        ", my ",
        "\"",
        "i prefer ",
        "I use ",
        "a.b. ",
        "`",
        "so so ",
    ] {
        let text = unit.repeat(5_000);
        let began = std::time::Instant::now();
        learned(&text);
        // A quadratic reader would need minutes.
        assert!(began.elapsed().as_secs() < 10, "{unit}: {:?}", began.elapsed());
    }
}
