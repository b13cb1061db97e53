//! A small static server on this machine's own address, for looking and for tests.

use crate::bundle;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

/// Ports that are tried when none was asked for.
const PORTS: std::ops::RangeInclusive<u16> = 8000..=8009;
/// Longest request head that is read, in bytes.
const MAX_HEAD: u64 = 16 << 10;

/// Builds, serves and prints the address; ends with the program.
pub fn run(port: Option<u16>) -> Result<()> {
    bundle::all()?;
    let listener = listen(port)?;
    println!("\nKashshaf: {}\nCtrl-C stops it.", address(&listener)?);
    serve(&listener, Path::new(bundle::SITE))
}

/// Serves a folder from a port of the system's choice, in the background, and
/// returns its address without a final slash.
pub fn in_background(folder: PathBuf) -> Result<String> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("opening a port for the tests")?;
    let address = address(&listener)?;
    std::thread::spawn(move || {
        if let Err(error) = serve(&listener, &folder) {
            eprintln!("error: serving {}: {error:#}", folder.display());
        }
    });
    Ok(address.trim_end_matches('/').to_owned())
}

fn listen(port: Option<u16>) -> Result<TcpListener> {
    if let Some(port) = port {
        return TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("port {port} cannot be opened; choose another"));
    }
    for port in PORTS {
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            return Ok(listener);
        }
    }
    bail!(
        "the ports {} to {} are all taken; choose one with --port",
        PORTS.start(),
        PORTS.end()
    )
}

fn address(listener: &TcpListener) -> Result<String> {
    Ok(format!("http://{}/", listener.local_addr()?))
}

fn serve(listener: &TcpListener, folder: &Path) -> Result<()> {
    std::thread::scope(|scope| {
        for stream in listener.incoming() {
            let stream = stream?;
            scope.spawn(move || {
                // A browser that goes away in the middle of an answer is no event.
                let _ = answer(stream, folder);
            });
        }
        Ok(())
    })
}

fn answer(mut stream: TcpStream, folder: &Path) -> Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?).take(MAX_HEAD);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? <= 2 {
            break;
        }
    }
    let mut words = request.split_ascii_whitespace();
    let (method, target) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let (status, kind, body) = match method {
        "GET" | "HEAD" => match find(folder, target) {
            None => ("400 Bad Request", "text/plain", b"bad request\n".to_vec()),
            Some(path) => match std::fs::read(&path) {
                Ok(body) => ("200 OK", media_type(&path), body),
                Err(_) => ("404 Not Found", "text/plain", b"not found\n".to_vec()),
            },
        },
        _ => (
            "405 Method Not Allowed",
            "text/plain",
            b"GET and HEAD only\n".to_vec(),
        ),
    };
    // `no-cache`, not `no-store`: a preloaded file must still be usable by the script that asks for it.
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n\
         X-Content-Type-Options: nosniff\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()?;
    Ok(())
}

/// The file that a request target names; `None` when it tries to leave the folder.
fn find(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = percent_decode(path)?;
    let relative = Path::new(&path);
    if !relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return None;
    }
    let file = folder.join(relative);
    Some(if path.is_empty() || file.is_dir() {
        file.join("index.html")
    } else {
        file
    })
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn media_type(path: &Path) -> &'static str {
    match path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::find;
    use std::path::Path;

    #[test]
    fn a_target_names_a_file_of_the_folder_or_nothing() {
        let cases = [
            ("/", Some("site/index.html")),
            ("/app.js?x=1", Some("site/app.js")),
            ("/%D9%85%D9%84%D9%81.txt", Some("site/ملف.txt")),
            ("/../secret", None),
            ("/%2e%2e/secret", None),
            ("//etc/passwd", None),
            ("/%zz", None),
            ("app.js", None),
        ];
        for (target, expected) in cases {
            assert_eq!(
                find(Path::new("site"), target).as_deref(),
                expected.map(Path::new),
                "{target}"
            );
        }
    }
}
