//! Rust text as tokens: words, marks and string literals, each with its line. Comments and lifetimes are left out.

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A word or a number.
    Word(String),
    /// A mark; `::` is two of them.
    Mark(char),
    /// The content of a string literal, as written.
    Text(String),
}

/// The tokens of a text.
pub fn tokens(text: &str) -> Vec<(Token, usize)> {
    let mut lexer = Lexer {
        chars: text.chars().collect(),
        at: 0,
        line: 1,
    };
    let mut tokens = Vec::new();
    while lexer.at < lexer.chars.len() {
        let line = lexer.line;
        tokens.extend(lexer.next().map(|token| (token, line)));
    }
    tokens
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn take(&mut self) -> char {
        let char = self.peek(0);
        self.at += 1;
        self.line += usize::from(char == '\n');
        char
    }

    fn next(&mut self) -> Option<Token> {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => {
                while self.at < self.chars.len() && self.peek(0) != '\n' {
                    self.take();
                }
                None
            }
            ('/', '*') => {
                self.skip_block_comment();
                None
            }
            ('"', _) => Some(self.string()),
            ('\'', _) => {
                self.skip_char_or_lifetime();
                None
            }
            (first, _) if is_word_char(first) => self.word(),
            (first, _) => {
                self.take();
                (!first.is_whitespace()).then_some(Token::Mark(first))
            }
        }
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0;
        while self.at < self.chars.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.take();
                    continue;
                }
            }
            self.take();
            self.take();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) -> Token {
        self.take();
        let mut content = String::new();
        while self.at < self.chars.len() {
            match self.take() {
                '"' => break,
                '\\' => {
                    content.push('\\');
                    content.push(self.take());
                }
                other => content.push(other),
            }
        }
        Token::Text(content)
    }

    fn raw_string(&mut self) -> Token {
        let mut n_hashes = 0;
        while self.peek(0) == '#' {
            self.take();
            n_hashes += 1;
        }
        self.take();
        let mut content = String::new();
        while self.at < self.chars.len() {
            if self.peek(0) == '"' && (1..=n_hashes).all(|ahead| self.peek(ahead) == '#') {
                (0..=n_hashes).for_each(|_| {
                    self.take();
                });
                break;
            }
            content.push(self.take());
        }
        Token::Text(content)
    }

    fn skip_char_or_lifetime(&mut self) {
        self.take();
        if self.peek(0) == '\\' {
            self.take();
            self.take();
            while self.at < self.chars.len() && self.take() != '\'' {}
        } else if self.peek(1) == '\'' {
            self.take();
            self.take();
        } else {
            while is_word_char(self.peek(0)) {
                self.take();
            }
        }
    }

    fn word(&mut self) -> Option<Token> {
        let mut word = String::new();
        while is_word_char(self.peek(0)) {
            word.push(self.take());
        }
        let begins_raw = |lexer: &Self| {
            let mut ahead = 0;
            while lexer.peek(ahead) == '#' {
                ahead += 1;
            }
            lexer.peek(ahead) == '"'
        };
        match word.as_str() {
            "r" | "br" | "cr" if begins_raw(self) => Some(self.raw_string()),
            "b" | "c" if self.peek(0) == '"' => Some(self.string()),
            "b" if self.peek(0) == '\'' => {
                self.skip_char_or_lifetime();
                None
            }
            "r" if self.peek(0) == '#' && is_word_char(self.peek(1)) => {
                self.take();
                None
            }
            _ => Some(Token::Word(word)),
        }
    }
}

fn is_word_char(char: char) -> bool {
    char == '_' || char.is_alphanumeric()
}
