//! Spellings to entities: what is joined and why, what a reader decides, and that page order does not matter.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a failed expectation is the test's report"
)]

#[path = "common/linked.rs"]
mod linked;

use kashshaf::entities::aliases::{Action, Decision, Decisions, Rule};
use kashshaf::entities::{EntityId, EntityLayer, EntityType};
use linked::layer;

/// Each entity: id, name, and its spellings with mentions and rule; by id.
fn shown(layer: &EntityLayer) -> Vec<String> {
    let entities = layer.entities().iter().zip(0..);
    let mut shown: Vec<String> = entities
        .map(|(entity, number)| {
            let spelled = layer.spelled(EntityId(number)).iter().map(|s| {
                let rule = s.proof.as_ref().map_or("-", |(proof, _)| proof.rule.code());
                format!("{} {} {rule}", s.name, s.mentions)
            });
            let spelled: Vec<String> = spelled.collect();
            let count = layer.mentions_of(EntityId(number)).count();
            format!(
                "{} [{}] {count}: {}",
                entity.id,
                entity.name,
                spelled.join(", ")
            )
        })
        .collect();
    shown.sort();
    shown
}

fn id_of(layer: &EntityLayer, page: u32, name: &str) -> Vec<String> {
    let mentions = layer.mentions_of_page(page).iter();
    mentions
        .filter(|m| layer.spelling(m) == name)
        .map(|m| layer.entity(m.entity).unwrap().id.clone())
        .collect()
}

fn decision(action: Action, names: &[&str], to: &str) -> Decision {
    Decision {
        action,
        kind: EntityType::Person,
        names: names.iter().map(|&name| name.to_owned()).collect(),
        to: to.to_owned(),
    }
}

const TEXTS: [&str; 5] = [
    "قال الوزير سيرجي إيفانوف إن الأمر واضح. وأضاف إيفانوف أن موسكو مستعدة.",
    "التقى الرئيس سيرغي إيفانوف الوفد. وغادر إيفانوف بعد ذلك.",
    "قال الدكتور محمد حسن إن المرض انتشر. وقال محمد حسن إنه مستعد.",
    "قال الدكتور محمد حسين إن المرض انتشر. وقال محمد حسين ذلك.",
    "استقبل الزعيم كيم جونج أون السفير كيم سونغ. وقال كيم جونغ أون إنه سعيد.",
];

#[test]
fn spellings_are_joined_by_rules_that_can_be_seen_and_brothers_are_not() {
    let layer = layer(&TEXTS);
    let shown = shown(&layer);
    let has = |line: &str| shown.iter().any(|shown| shown.contains(line));
    assert!(
        has("سيرجي إيفانوف 1 -") && has("سيرغي إيفانوف 1 sound")
            || has("سيرغي إيفانوف 1 -") && has("سيرجي إيفانوف 1 sound"),
        "{shown:#?}"
    );
    assert_ne!(
        id_of(&layer, 2, "محمد حسن"),
        id_of(&layer, 3, "محمد حسين"),
        "{shown:#?}"
    );
    let kim = id_of(&layer, 4, "كيم جونج أون");
    assert_eq!(kim, id_of(&layer, 4, "كيم جونغ أون"));
    assert_ne!(kim, id_of(&layer, 4, "كيم سونغ"));
}

#[test]
fn the_order_of_the_pages_changes_nothing() {
    let expected = shown(&layer(&TEXTS));
    let mut texts = TEXTS.to_vec();
    for turn in 0..TEXTS.len() {
        texts.rotate_left(1);
        if turn % 2 == 0 {
            texts.reverse();
        }
        assert_eq!(shown(&layer(&texts)), expected);
    }
}

#[test]
fn a_reader_parts_and_joins_and_bare_names_follow_their_article() {
    let mut layer = layer(&TEXTS);
    let before = shown(&layer);
    let mut decisions = Decisions::default();
    decisions
        .add(decision(
            Action::Apart,
            &["سيرجي إيفانوف", "سيرغي إيفانوف"],
            "",
        ))
        .unwrap();
    layer.link(&decisions);
    let (one, other) = (
        id_of(&layer, 0, "سيرجي إيفانوف"),
        id_of(&layer, 1, "سيرغي إيفانوف"),
    );
    assert_ne!(one, other);
    assert_eq!(id_of(&layer, 0, "إيفانوف"), one);
    assert_eq!(id_of(&layer, 1, "إيفانوف"), other);

    decisions
        .add(decision(Action::Same, &["محمد حسن", "محمد حسين"], ""))
        .unwrap();
    decisions
        .add(decision(
            Action::Rename,
            &["محمد حسين"],
            "محمد حسن (الطبيب)",
        ))
        .unwrap();
    decisions
        .add(decision(Action::Retype, &["كيم سونغ"], "organisation"))
        .unwrap();
    layer.link(&decisions);
    assert_eq!(
        id_of(&layer, 2, "محمد حسن")[..1],
        id_of(&layer, 3, "محمد حسين")[..1]
    );
    let joined = layer.find(&id_of(&layer, 2, "محمد حسن")[0]).unwrap();
    assert_eq!(layer.entity(joined).unwrap().name, "محمد حسن (الطبيب)");
    let reader = |s: &kashshaf::entities::aliases::Spelled| {
        s.proof
            .as_ref()
            .is_some_and(|(proof, _)| proof.rule == Rule::Reader)
    };
    assert_eq!(
        layer.spelled(joined).iter().filter(|s| reader(s)).count(),
        1
    );
    assert_eq!(id_of(&layer, 4, "كيم سونغ"), ["organisation:كيم-سونغ"]);
    assert_eq!(layer.idle_decisions(), 0);

    // Written to a file, read back, applied to the same pages in another order: the same entities.
    let read = Decisions::read(&decisions.write()).unwrap();
    let mut texts = TEXTS.to_vec();
    texts.reverse();
    let mut other = layer_of(&texts);
    other.link(&read);
    assert_eq!(shown(&other), shown(&layer));

    // Taking all back restores every count.
    while decisions.undo(None) {}
    layer.link(&decisions);
    assert_eq!(shown(&layer), before);
}

fn layer_of(texts: &[&str]) -> EntityLayer {
    layer(texts)
}

#[test]
fn of_two_decisions_that_disagree_the_later_counts() {
    let mut layer = layer(&TEXTS);
    let pair = ["محمد حسن", "محمد حسين"];
    let mut decisions = Decisions::default();
    let same = |layer: &EntityLayer| id_of(layer, 2, pair[0])[0] == id_of(layer, 3, pair[1])[0];
    for (action, joined) in [
        (Action::Same, true),
        (Action::Apart, false),
        (Action::Same, true),
    ] {
        decisions.add(decision(action, &pair, "")).unwrap();
        layer.link(&decisions);
        assert_eq!(same(&layer), joined);
    }
    // A decision about names that are not here waits for another corpus.
    decisions
        .add(decision(Action::Same, &["زيد", "عمرو"], ""))
        .unwrap();
    layer.link(&decisions);
    assert_eq!(layer.idle_decisions(), 1);
}
