//! The tokens of a piece of code, one after the other.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A word, a literal, a sign such as `::` or `=>`, or one end of a pair of brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token(pub(crate) String);

impl Token {
    pub(crate) fn is(&self, text: &str) -> bool {
        self.0 == text
    }

    /// Whether it is a name (or a keyword).
    pub(crate) fn is_word(&self) -> bool {
        self.0.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// All of them. Signs that belong together (`->`, `..=`) are one, but `::` is always one of
/// its own, so that `>::` is told from neither of its halves; so is a lifetime.
pub(super) fn flat(stream: TokenStream) -> Vec<Token> {
    let mut found = Vec::new();
    push(stream, &mut found);
    found
}

fn push(stream: TokenStream, found: &mut Vec<Token>) {
    let mut sign = String::new();
    for tree in stream {
        match tree {
            TokenTree::Punct(punct) => {
                let begins = match punct.as_char() {
                    ':' => sign != ":",
                    '\'' => true,
                    _ => false,
                };
                if begins {
                    end(&mut sign, found);
                }
                sign.push(punct.as_char());
                let goes_on = punct.spacing() == Spacing::Joint;
                if sign == "::" || !goes_on {
                    end(&mut sign, found);
                }
            }
            TokenTree::Ident(word) if sign == "'" => {
                sign.push_str(&word.to_string());
                end(&mut sign, found);
            }
            TokenTree::Ident(word) => {
                end(&mut sign, found);
                found.push(Token(word.to_string()));
            }
            TokenTree::Literal(literal) => {
                end(&mut sign, found);
                found.push(Token(literal.to_string()));
            }
            TokenTree::Group(group) => {
                end(&mut sign, found);
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => {
                        push(group.stream(), found);
                        continue;
                    }
                };
                found.push(Token(open.to_owned()));
                push(group.stream(), found);
                found.push(Token(close.to_owned()));
            }
        }
    }
    end(&mut sign, found);
}

/// A sign ends here, if one was begun.
fn end(sign: &mut String, found: &mut Vec<Token>) {
    if !sign.is_empty() {
        found.push(Token(std::mem::take(sign)));
    }
}

#[test]
fn signs_that_belong_together_are_one_token() {
    let code = "fn f<'a>(x: &'a str) -> Vec<Vec<u8>> { <X as Y<u8>>::at(0..=9, a::b!(':')) }";
    let texts: Vec<_> = flat(code.parse().unwrap()).into_iter().map(|token| token.0).collect();
    assert_eq!(
        texts.join(" "),
        "fn f < 'a > ( x : & 'a str ) -> Vec < Vec < u8 >> \
         { < X as Y < u8 >> :: at ( 0 ..= 9 , a :: b ! ( ':' ) ) }"
    );
}
