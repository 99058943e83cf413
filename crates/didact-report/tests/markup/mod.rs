//! A small checker of markup: every tag closed, every attribute quoted.

const VOID: [&str; 4] = ["meta", "img", "br", "hr"];
/// Elements whose content is not markup.
const RAW: [&str; 2] = ["style", "script"];

/// The open tags of a page in order, with their attributes.
///
/// # Panics
///
/// If a tag is not closed, closed twice, or an attribute is not quoted.
pub(crate) fn tags(page: &str) -> Vec<String> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a document type");
    let (mut open, mut seen): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        assert!(!text.contains('>'), "bare > in {text:?}");
        let end = start + rest[start..].find('>').expect("an end of the tag");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(
                open.pop().as_deref(),
                Some(name),
                "closed out of order, before {rest:.80}"
            );
            continue;
        }
        let name = tag.split([' ', '/']).next().expect("a name").to_owned();
        check_attributes(tag[name.len()..].trim_end_matches('/'));
        seen.push(tag.to_owned());
        if RAW.contains(&name.as_str()) {
            rest = &rest[rest.find(&format!("</{name}>")).expect("an end of raw text")..];
        }
        if tag.ends_with('/') {
            continue;
        }
        assert!(!VOID.contains(&name.as_str()), "<{tag}> is not closed by itself");
        open.push(name);
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    seen
}

fn check_attributes(attributes: &str) {
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let (name, value) = rest
            .split_once("=\"")
            .unwrap_or_else(|| panic!("no quoted value in {attributes:?}"));
        let plain = |character: char| {
            character.is_ascii_lowercase() || character.is_ascii_digit() || "-BV".contains(character)
        };
        assert!(!name.is_empty() && name.chars().all(plain), "attribute {name:?}");
        let (value, after) = value.split_once('"').expect("a closing quote");
        assert!(!value.contains('<'), "markup in {value:?}");
        assert!(
            !value.contains("NaN") && !value.contains("inf"),
            "{name} is {value:?}"
        );
        rest = after.trim_start();
    }
}

/// What a person sees first: headings, titles of pictures and tables, and what pictures say to those who do not see.
pub(crate) fn outline(page: &str) -> String {
    let marks = [
        ("<h1>", "</h1>", "# "),
        ("<h2>", "</h2>", "\n## "),
        ("<h3>", "</h3>", "### "),
        ("<h4>", "</h4>", "#### "),
        (r#"<p class="note">"#, "</p>", "! "),
        (r#"<p class="card-figure">"#, "</p>", "card: "),
        (r#"<p class="card-label">"#, "</p>", "  "),
        (r#"<p class="card-detail">"#, "</p>", "  "),
        (r#"<p class="table-title">"#, "</p>", "table: "),
        ("<thead><tr>", "</tr>", "  "),
        ("<title>", "</title>", "picture: "),
        ("<desc>", "</desc>", "  "),
        ("<summary>", "</summary>", "folded: "),
    ];
    let mut found: Vec<(usize, String)> = Vec::new();
    for (start, end, mark) in marks {
        for (position, _) in page.match_indices(start) {
            let text = &page[position + start.len()..];
            let text = &text[..text.find(end).expect("an end")];
            found.push((position, format!("{mark}{}", without_tags(text))));
        }
    }
    found.sort();
    found
        .into_iter()
        .map(|(_, line)| line)
        .collect::<Vec<_>>()
        .join("\n")
}

fn without_tags(text: &str) -> String {
    let words = text
        .split('<')
        .map(|piece| piece.rsplit_once('>').map_or(piece, |(_, words)| words));
    words
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join(" | ")
}
