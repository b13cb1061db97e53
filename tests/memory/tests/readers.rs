//! How much the readers hold while a file is read.
//!
//! *Kept* is what leaves them: the pieces of the stream that the index takes,
//! texts and what is known of them. Beyond it they hold at most two slices,
//! the slice that they are given among them, however long the file is. What
//! cannot be cut is held whole besides: one record, one HTML page with its
//! tree, one JSON object without a long list, one ZIP archive inside another, the
//! names in the directory of a ZIP archive. Limits bound each of these.

#[path = "../../common/archives.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod archives;

use archives::{Packed, gzip, tar, zip};
use encoding_rs::{Encoding, WINDOWS_1256};
use kashshaf::api::{BeginRequest, Reader};
use kashshaf::parse::frame::FrameReader;
use kashshaf::parse::pieces::Joiner;
use kashshaf::parse::readers::SLICE_BYTES;
use kashshaf::parse::record::ImportEvent;
use kashshaf_memory::{Counting, live, peak, reset_peak};

#[global_allocator]
static COUNTING: Counting = Counting;

/// Files are so many slices long, about, before they are packed.
const SLICES: usize = 12;

/// A text of so many bytes or a little more, of words that no packer knows.
fn text(bytes: usize) -> String {
    const LETTERS: [char; 16] = [
        'ا', 'ل', 'ي', 'م', 'و', 'ن', 'ر', 'ت', 'ب', 'ة', 'ع', 'د', 'س', 'ف', 'ه', 'ك',
    ];
    let mut text = String::with_capacity(bytes + 64);
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    while text.len() < bytes {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let length = 2 + random as usize % 7;
        text.extend((0..length).map(|at| LETTERS[(random >> (4 * at + 8)) as usize % 16]));
        text.push_str(match random >> 56 {
            0..8 => ".\n",
            8..16 => " – ",
            _ => " ",
        });
    }
    text
}

/// Lines of records as long as news are.
fn records(line: impl Fn(usize, &str) -> String) -> String {
    let mut file = String::new();
    let body = text(3_000).replace('\n', " ");
    let mut number = 0;
    while file.len() < SLICES * SLICE_BYTES {
        number += 1;
        file.push_str(&line(number, &body));
    }
    file
}

fn jsonl() -> String {
    records(|number, body| format!("{{\"title\":\"خبر {number}\",\"body\":\"{number} {body}\"}}\n"))
}

fn csv() -> String {
    let rows = records(|number, body| format!("خبر {number},\"{number} {body}\"\n"));
    format!("title,body\n{rows}")
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xFF, 0xFE].into_iter().chain(units).collect()
}

fn single_byte(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

/// The most that is held beyond what is kept while a file is read, in bytes.
fn held_beyond_kept(name: &str, bytes: &[u8]) -> usize {
    let mut most = 0;
    let before = live();
    reset_peak();
    each_step(name, bytes, |pieces| {
        let kept: usize = pieces.iter().map(Vec::capacity).sum();
        let held = usize::try_from(peak() - before).unwrap_or(0);
        most = most.max(held.saturating_sub(kept));
        drop(pieces);
        reset_peak();
    });
    most
}

/// Reads a file slice by slice and hands on the pieces that are ready after each.
fn each_step(name: &str, bytes: &[u8], mut take: impl FnMut(Vec<Vec<u8>>)) {
    let mut reader = Reader::default();
    let request = BeginRequest {
        file: Some(1.0),
        name: name.to_owned(),
        size: Some(bytes.len() as f64),
        ..BeginRequest::default()
    };
    reader.begin(&request).expect("it can be begun");
    while let Some(want) = reader.want() {
        let slice = bytes[want.from as usize..][..want.length].to_vec();
        reader.give(&slice);
        drop(slice);
        take(std::iter::from_fn(|| reader.take()).collect());
    }
}

/// Texts in a file, the bytes of them all, and the first reason for which something was not read.
fn found_in(name: &str, bytes: &[u8]) -> (usize, usize, Option<String>) {
    let (mut frames, mut joiner) = (FrameReader::default(), Joiner::default());
    let (mut texts, mut length, mut problem) = (0, 0, None);
    each_step(name, bytes, |pieces| {
        for piece in pieces {
            let read = frames.read(&piece, |event| match joiner.join(event) {
                Some(ImportEvent::Text(record)) => {
                    texts += 1;
                    length += record.text.len();
                }
                Some(ImportEvent::Bad(bad)) => problem = Some(bad.message),
                Some(ImportEvent::Close(close)) if close.problem.is_some() => {
                    problem = close.problem.map(|problem| problem.message);
                }
                _ => {}
            });
            read.expect("a stream of frames");
        }
    });
    (texts, length, problem)
}

/// Members that are small, and one that is not.
fn members() -> Vec<(String, Vec<u8>)> {
    let page = format!(
        "<html><head><title>خبر</title></head><body><article><h1>خبر</h1><p>{}</p></article></body></html>",
        text(20_000)
    );
    let mut members: Vec<_> = (0..SLICES * 20)
        .map(|number| (format!("أخبار/{number}.txt"), text(20_000).into_bytes()))
        .collect();
    members.extend((0..60).map(|number| (format!("{number}.html"), page.clone().into_bytes())));
    members.push((
        "كبير.txt".to_owned(),
        text(SLICES / 2 * SLICE_BYTES).into_bytes(),
    ));
    members
}

fn tar_of(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let members: Vec<_> = members
        .iter()
        .map(|(name, bytes)| (name.as_str(), b'0', bytes.as_slice()))
        .collect();
    tar(&members)
}

fn zip_of(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let members: Vec<_> = members
        .iter()
        .map(|(name, bytes)| Packed {
            name,
            bytes,
            method: 8,
        })
        .collect();
    zip(&members)
}

#[test]
fn no_more_than_two_slices_are_held_beyond_what_is_kept() {
    let plain = text(SLICES * SLICE_BYTES);
    let latin = "Kim left Russia on Sunday after a visit of six days.\n".repeat(240_000);
    let mut broken = plain.clone().into_bytes();
    broken
        .iter_mut()
        .step_by(100_003)
        .for_each(|byte| *byte = 0xFF);
    let late = [latin.as_bytes(), &single_byte(&plain, WINDOWS_1256)].concat();
    let list = jsonl().trim_end().replace('\n', ",\n");
    let members = members();
    let small = || {
        (
            members.len(),
            members.iter().map(|(_, bytes)| bytes.len()).sum::<usize>(),
        )
    };
    let lines = jsonl();
    let count = lines.lines().count();
    // name, bytes, texts in it
    let cases: Vec<(&str, Vec<u8>, usize)> = vec![
        ("utf-8.txt", plain.clone().into_bytes(), 1),
        ("ascii.txt", latin.clone().into_bytes(), 1),
        ("broken.txt", broken, 1),
        ("windows-1256.txt", single_byte(&plain, WINDOWS_1256), 1),
        ("ascii-then-windows-1256.txt", late, 1),
        (
            "iso-8859-6.txt",
            single_byte(&plain.replace('–', "-"), encoding_rs::ISO_8859_6),
            1,
        ),
        ("utf-16.txt", utf16(&plain), 1),
        ("utf-8.jsonl", lines.clone().into_bytes(), count),
        (
            "windows-1256.jsonl",
            single_byte(&lines, WINDOWS_1256),
            count,
        ),
        ("utf-16.jsonl", utf16(&lines), count),
        ("list.json", format!("[{list}]").into_bytes(), count),
        (
            "object.json",
            format!("{{\"data\":{{\"n\":1,\"articles\":[{list}],\"next\":null}}}}").into_bytes(),
            count,
        ),
        (
            "utf-16-object.json",
            utf16(&format!("{{\"articles\":[{list}]}}")),
            count,
        ),
        ("utf-8.csv", csv().into_bytes(), csv().lines().count() - 1),
        (
            "windows-1256.csv",
            single_byte(&csv(), WINDOWS_1256),
            csv().lines().count() - 1,
        ),
        ("utf-16.csv", utf16(&csv()), csv().lines().count() - 1),
        ("members.tar", tar_of(&members), small().0),
        ("members.tar.gz", gzip(&tar_of(&members)), small().0),
        ("members.zip", zip_of(&members), small().0),
        ("utf-8.txt.gz", gzip(plain.as_bytes()), 1),
        ("utf-8.jsonl.gz", gzip(lines.as_bytes()), count),
    ];
    let mut over = Vec::new();
    for (name, bytes, texts) in cases {
        let (found, length, problem) = found_in(name, &bytes);
        let is_broken = name == "broken.txt";
        assert_eq!((found, problem), (texts, None), "{name}");
        assert!(
            length > SLICES / 2 * SLICE_BYTES || is_broken,
            "{name}: {length} bytes of text"
        );
        let beyond = held_beyond_kept(name, &bytes);
        println!(
            "{name:<30}{:>12} bytes, {beyond:>9} held beyond what is kept",
            bytes.len()
        );
        if beyond > 2 * SLICE_BYTES {
            over.push((name, beyond));
        }
    }
    assert_eq!(over, [], "two slices are {} bytes", 2 * SLICE_BYTES);
}

#[test]
fn the_count_sees_what_is_held() {
    let slice = isize::try_from(SLICE_BYTES).unwrap();
    let before = live();
    reset_peak();
    let held = vec![1u8; SLICE_BYTES];
    assert_eq!((live() - before, peak() - before), (slice, slice));
    drop(held);
    assert_eq!((live() - before, peak() - before), (0, slice));
}
