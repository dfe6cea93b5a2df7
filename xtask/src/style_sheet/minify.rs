//! Style sheets without what only people read. Knows only as much of the language as that takes.

/// The sheet without comments and without spaces that mean nothing.
pub fn minified(sheet: &str) -> String {
    let mut short = String::with_capacity(sheet.len());
    let mut rest = sheet.chars().peekable();
    let mut has_space = false;
    while let Some(letter) = rest.next() {
        if letter == '/' && rest.peek() == Some(&'*') {
            rest.next();
            let mut last = ' ';
            for letter in rest.by_ref() {
                if last == '*' && letter == '/' {
                    break;
                }
                last = letter;
            }
        } else if letter.is_ascii_whitespace() {
            has_space = true;
        } else {
            if has_space && needs_space(short.chars().last(), letter) {
                short.push(' ');
            }
            has_space = false;
            if letter == '}' && short.ends_with(';') {
                short.pop();
            }
            short.push(letter);
            if letter == '"' || letter == '\'' {
                copy_text(letter, &mut rest, &mut short);
            }
        }
    }
    short
}

/// Whether a space between two letters may mean something: `a :hover` and `1px + 2px` are not `a:hover` and `1px+2px`.
fn needs_space(before: Option<char>, after: char) -> bool {
    let is_end = before.is_none_or(|letter| "{};,:>(".contains(letter));
    !is_end && !"{};,>)".contains(after)
}

/// Copies a quoted text up to its closing mark.
fn copy_text(mark: char, rest: &mut impl Iterator<Item = char>, short: &mut String) {
    let mut is_escaped = false;
    for letter in rest {
        short.push(letter);
        if letter == mark && !is_escaped {
            return;
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_spaces_that_mean_nothing_go() {
        let cases = [
            ("/* a { } */\na , b > c {\n  color: red;\n}\n", "a,b>c{color:red}"),
            ("a :hover, a:hover { inset: 0 }", "a :hover,a:hover{inset:0}"),
            ("a { width: calc(1px + (2px * 3)); }", "a{width:calc(1px + (2px * 3))}"),
            (
                "@media (min-width: 40rem) and (hover) { a { b: c; } }",
                "@media (min-width:40rem) and (hover){a{b:c}}",
            ),
            ("a { font: .9em / 1.4 var(--mono); }", "a{font:.9em / 1.4 var(--mono)}"),
            (
                "a::after { content: \"a  /* b */ ;\" / \"\"; }",
                "a::after{content:\"a  /* b */ ;\" / \"\"}",
            ),
            ("a { content: 'it\\'s  { '; }", "a{content:'it\\'s  { '}"),
            ("a{b:c}/**/ d *{e:f}", "a{b:c}d *{e:f}"),
        ];
        for (sheet, short) in cases {
            assert_eq!(minified(sheet), short);
            assert_eq!(minified(short), short, "nothing is left to remove");
        }
    }
}
