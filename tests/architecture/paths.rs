//! The paths that a file names, and where each leads: use trees spread out, `crate` and `super` resolved, test code known.

use super::tokens::Token;

/// One path that a file names.
#[derive(Clone, Debug)]
pub struct Named {
    /// The path as written, use trees spread out.
    pub segments: Vec<String>,
    /// The top-level module of the crate that it leads to, if it leads to the crate: its first name below the root.
    pub of_crate: Option<String>,
    /// Whether it stands in test code.
    pub is_test: bool,
    /// The line.
    pub line: usize,
}

impl Named {
    /// The path as text.
    pub fn text(&self) -> String {
        self.segments.join("::")
    }
}

/// The modules, as paths below `src/` without an ending, that a file declares for tests only.
pub fn test_only_modules(file: &str, tokens: &[(Token, usize)]) -> Vec<String> {
    let mut walk = Walk::new(file, tokens, false);
    walk.run();
    walk.test_modules
}

/// The paths that a file names.
pub fn named_paths(file: &str, tokens: &[(Token, usize)], is_test_file: bool) -> Vec<Named> {
    let mut walk = Walk::new(file, tokens, is_test_file);
    walk.run();
    walk.named
}

/// The module path of a file: `store/book.rs` is `store`, `book`. A crate root is empty.
fn module_of(file: &str) -> Vec<String> {
    let is_root = ["lib.rs", "main.rs"].contains(&file) || file.starts_with("bin/");
    if is_root {
        return Vec::new();
    }
    let module = file.trim_end_matches(".rs").trim_end_matches("/mod");
    module.split('/').map(str::to_owned).collect()
}

/// A pair of braces that is open.
struct Frame {
    is_test: bool,
    module: Option<String>,
}

struct Walk<'a> {
    tokens: &'a [(Token, usize)],
    module: Vec<String>,
    frames: Vec<Frame>,
    /// The number of open braces where `#[cfg(test)]` was read and its item has not ended yet.
    pending_test: Option<usize>,
    /// The name of the inline module whose brace comes next.
    pending_module: Option<String>,
    is_test_file: bool,
    named: Vec<Named>,
    test_modules: Vec<String>,
}

impl<'a> Walk<'a> {
    fn new(file: &str, tokens: &'a [(Token, usize)], is_test_file: bool) -> Self {
        Self {
            tokens,
            module: module_of(file),
            frames: Vec::new(),
            pending_test: None,
            pending_module: None,
            is_test_file,
            named: Vec::new(),
            test_modules: Vec::new(),
        }
    }

    fn mark(&self, at: usize, mark: char) -> bool {
        matches!(self.tokens.get(at), Some((Token::Mark(it), _)) if *it == mark)
    }

    fn word(&self, at: usize) -> Option<&'a str> {
        match self.tokens.get(at) {
            Some((Token::Word(word), _)) => Some(word),
            _ => None,
        }
    }

    fn is_test(&self) -> bool {
        self.is_test_file || self.pending_test.is_some() || self.frames.iter().any(|frame| frame.is_test)
    }

    /// The modules around the present place, the file's own first.
    fn place(&self) -> Vec<String> {
        let inline = self.frames.iter().filter_map(|frame| frame.module.clone());
        self.module.iter().cloned().chain(inline).collect()
    }

    fn run(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            at = self.step(at);
        }
    }

    /// Reads what stands at a place and returns the place after it.
    fn step(&mut self, at: usize) -> usize {
        if self.mark(at, '#') && self.mark(at + 1, '[') && self.is_cfg_test(at + 2) {
            self.pending_test.get_or_insert(self.frames.len());
        } else if self.mark(at, '{') {
            let is_test = self.pending_test == Some(self.frames.len());
            if is_test {
                self.pending_test = None;
            }
            let module = self.pending_module.take();
            self.frames.push(Frame { is_test, module });
        } else if self.mark(at, '}') {
            self.frames.pop();
            if self.pending_test.is_some_and(|depth| depth > self.frames.len()) {
                self.pending_test = None;
            }
        } else if self.mark(at, ';') && self.pending_test == Some(self.frames.len()) {
            self.pending_test = None;
        } else if let (Some("mod"), Some(name)) = (self.word(at), self.word(at + 1)) {
            if self.mark(at + 2, '{') {
                self.pending_module = Some(name.to_owned());
            } else if self.mark(at + 2, ';') && self.is_test() {
                let mut path = self.place();
                path.push(name.to_owned());
                self.test_modules.push(path.join("/"));
            }
            return at + 2;
        } else if self.word(at).is_some()
            || (self.mark(at, ':') && self.mark(at + 1, ':') && self.word(at + 2).is_some())
        {
            // A path may begin with `::`.
            let begin = if self.word(at).is_some() { at } else { at + 2 };
            return self.path(begin, &[]);
        }
        at + 1
    }

    /// Whether `cfg(test)` or `cfg(all(test, …))` stands at a place.
    fn is_cfg_test(&self, at: usize) -> bool {
        let is_open = self.word(at) == Some("cfg") && self.mark(at + 1, '(');
        let is_all = self.word(at + 2) == Some("all") && self.mark(at + 3, '(') && self.word(at + 4) == Some("test");
        is_open && (is_all || (self.word(at + 2) == Some("test") && self.mark(at + 3, ')')))
    }

    /// Reads a path, or a branch of a use tree below `before`, and returns the place after it.
    fn path(&mut self, begin: usize, before: &[String]) -> usize {
        let mut segments = before.to_vec();
        let mut at = begin;
        loop {
            if let Some(word) = self.word(at) {
                segments.push(word.to_owned());
                at += 1;
            } else if self.mark(at, '*') {
                segments.push("*".to_owned());
                at += 1;
                break;
            } else if self.mark(at, '{') {
                return self.group(at + 1, &segments);
            }
            let goes_on = self.mark(at, ':')
                && self.mark(at + 1, ':')
                && (self.word(at + 2).is_some() || self.mark(at + 2, '{') || self.mark(at + 2, '*'));
            if !goes_on {
                break;
            }
            at += 2;
        }
        let line = self.tokens.get(begin).map_or(0, |(_, line)| *line);
        self.push(segments, line, self.is_visibility(begin, at));
        at
    }

    /// Reads the branches of a use tree up to its closing brace.
    fn group(&mut self, begin: usize, before: &[String]) -> usize {
        let mut at = begin;
        while at < self.tokens.len() && !self.mark(at, '}') {
            if self.word(at) == Some("as") {
                at += 2;
            } else if self.word(at).is_some() || self.mark(at, '*') || self.mark(at, '{') {
                at = self.path(at, before);
            } else {
                at += 1;
            }
        }
        at + 1
    }

    /// Whether a lone `crate` or `super` is that of `pub(crate)`.
    fn is_visibility(&self, begin: usize, end: usize) -> bool {
        let is_pub = begin >= 2 && self.word(begin - 2) == Some("pub") && self.mark(begin - 1, '(');
        is_pub && self.mark(end, ')')
    }

    fn push(&mut self, segments: Vec<String>, line: usize, is_visibility: bool) {
        let of_crate = if is_visibility {
            None
        } else {
            self.below_root(&segments)
        };
        self.named.push(Named {
            segments,
            of_crate,
            is_test: self.is_test(),
            line,
        });
    }

    /// The first name below the crate's root that a path leads to.
    fn below_root(&self, segments: &[String]) -> Option<String> {
        let first = segments.first()?.as_str();
        match first {
            "crate" | "concord" => {
                let is_lone_word = first == "concord" && segments.len() == 1;
                let root = segments.get(1).map_or("crate", String::as_str);
                (!is_lone_word).then(|| root.to_owned())
            }
            "super" | "self" => {
                let mut place = self.place();
                let mut rest = segments.iter().peekable();
                while let Some(step) = rest.next_if(|it| ["super", "self"].contains(&it.as_str())) {
                    if step == "super" {
                        place.pop();
                    }
                }
                let root = place.first().or_else(|| rest.next());
                Some(root.map_or_else(|| "crate".to_owned(), Clone::clone))
            }
            _ => None,
        }
    }
}
