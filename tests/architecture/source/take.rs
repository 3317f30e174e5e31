//! What is taken from a source once it is parsed: plain values that outlive the tree.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{FnArg, ImplItemFn, Item, ItemFn, ItemImpl, ItemMod, ItemUse, Signature, Type, UseTree};
use syn::{TraitItemFn, Visibility};

use super::strip::strip;
use super::token::{Token, flat};

/// A source of the program.
#[derive(Debug)]
pub(crate) struct Source {
    /// Under `src`.
    pub(crate) path: String,
    /// All of its code.
    pub(crate) tokens: Vec<Token>,
    pub(crate) functions: Vec<Function>,
    /// The types it defines, wherever in it.
    pub(crate) types: Vec<Named>,
    /// The file's own module and those that are written out in it.
    pub(super) modules: Vec<Inner>,
}

/// A type that is defined.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) line: usize,
    /// Whether its own module alone can name it.
    pub(crate) is_private: bool,
    /// Of an enum.
    pub(crate) variants: Vec<String>,
}

/// A function or method.
#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    /// The type whose `impl` it stands in, as a path.
    pub(crate) owner: Option<Vec<String>>,
    /// Whether it is one that a trait asks for.
    pub(crate) of_trait: bool,
    /// The types it takes by `&mut`, as paths.
    pub(crate) changes: Vec<Vec<String>>,
    pub(crate) body: Vec<Token>,
}

/// A module: names it defines, modules it declares, and what it imports.
#[derive(Debug, Default)]
pub(super) struct Inner {
    /// From the file's own module.
    pub(super) path: Vec<String>,
    pub(super) items: Vec<String>,
    /// Modules in files of their own, and where they say that these are.
    pub(super) declared: Vec<(String, Option<String>)>,
    pub(super) imports: Vec<Import>,
}

/// A path that is imported.
#[derive(Debug)]
pub(super) struct Import {
    pub(super) path: Vec<String>,
    /// What it is called here; none for everything behind the path.
    pub(super) name: Option<String>,
    /// Whether others may name it by this.
    pub(super) is_passed_on: bool,
}

impl Source {
    /// Fails where a source cannot be parsed: then the program can't be built either.
    pub(super) fn read(path: String, text: &str) -> Self {
        let parsed = syn::parse_file(text);
        let mut file = parsed.unwrap_or_else(|error| panic!("src/{path} can't be parsed: {error}"));
        strip(&mut file);
        let mut take = Take { modules: vec![Inner::default()], ..Take::default() };
        for item in &file.items {
            take.item(item);
        }
        take.visit_file(&file);
        let Take { functions, types, modules, .. } = take;
        Self { path, tokens: flat(file.into_token_stream()), functions, types, modules }
    }
}

#[derive(Default)]
struct Take {
    functions: Vec<Function>,
    types: Vec<Named>,
    modules: Vec<Inner>,
    /// The module that is looked at.
    at: usize,
    /// The type whose `impl` is looked at, and whether it is one of a trait.
    block: Option<(Vec<String>, bool)>,
}

impl Take {
    fn here(&mut self) -> &mut Inner {
        let at = self.at;
        self.modules.get_mut(at).unwrap()
    }

    /// Enters an item of a module under its name.
    fn item(&mut self, item: &Item) {
        let name = match item {
            Item::Const(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Fn(item) => &item.sig.ident,
            Item::Static(item) => &item.ident,
            Item::Struct(item) => &item.ident,
            Item::Trait(item) => &item.ident,
            Item::TraitAlias(item) => &item.ident,
            Item::Type(item) => &item.ident,
            Item::Union(item) => &item.ident,
            Item::Macro(item) => match &item.ident {
                Some(name) => name,
                None => return,
            },
            _ => return,
        };
        let name = name.to_string();
        self.here().items.push(name);
    }

    fn named(&mut self, kind: &'static str, name: &syn::Ident, visibility: &Visibility) {
        let line = name.span().start().line;
        let is_private = matches!(visibility, Visibility::Inherited);
        let name = name.to_string();
        self.types.push(Named { kind, name, line, is_private, variants: Vec::new() });
    }

    fn function(&mut self, signature: &Signature, of_trait: bool, body: Vec<Token>) {
        let changes = signature.inputs.iter().filter_map(changed).collect();
        self.functions.push(Function {
            name: signature.ident.to_string(),
            line: signature.ident.span().start().line,
            owner: self.block.as_ref().map(|(owner, _)| owner.clone()),
            of_trait: of_trait || self.block.as_ref().is_some_and(|(_, of_trait)| *of_trait),
            changes,
            body,
        });
    }

    fn import(&mut self, tree: &UseTree, path: &mut Vec<String>, is_passed_on: bool) {
        let mut add = |path: Vec<String>, name: Option<String>| {
            self.here().imports.push(Import { path, name, is_passed_on });
        };
        match tree {
            UseTree::Path(part) => {
                path.push(part.ident.to_string());
                self.import(&part.tree, path, is_passed_on);
                path.pop();
            }
            UseTree::Name(name) if name.ident == "self" => add(path.clone(), path.last().cloned()),
            UseTree::Name(name) => {
                let name = name.ident.to_string();
                add([path.clone(), vec![name.clone()]].concat(), Some(name));
            }
            UseTree::Rename(rename) => {
                let mut path = path.clone();
                if rename.ident != "self" {
                    path.push(rename.ident.to_string());
                }
                add(path, Some(rename.rename.to_string()));
            }
            UseTree::Glob(_) => add(path.clone(), None),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, path, is_passed_on);
                }
            }
        }
    }
}

/// The type that an argument lets the function change.
fn changed(argument: &FnArg) -> Option<Vec<String>> {
    let FnArg::Typed(typed) = argument else { return None };
    match &*typed.ty {
        Type::Reference(reference) if reference.mutability.is_some() => path_of(&reference.elem),
        _ => None,
    }
}

fn path_of(kind: &Type) -> Option<Vec<String>> {
    match kind {
        Type::Path(path) => {
            Some(path.path.segments.iter().map(|segment| segment.ident.to_string()).collect())
        }
        _ => None,
    }
}

impl<'ast> Visit<'ast> for Take {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        let name = module.ident.to_string();
        let Some((_, items)) = &module.content else {
            let elsewhere = module.attrs.iter().find_map(|attribute| match &attribute.meta {
                syn::Meta::NameValue(pair) if pair.path.is_ident("path") => {
                    let written = pair.value.to_token_stream().to_string();
                    Some(written.trim_matches('"').to_owned())
                }
                _ => None,
            });
            self.here().declared.push((name, elsewhere));
            return;
        };
        let outer = self.at;
        let path = [self.here().path.clone(), vec![name]].concat();
        self.modules.push(Inner { path, ..Inner::default() });
        self.at = self.modules.len() - 1;
        for item in items {
            self.item(item);
        }
        visit::visit_item_mod(self, module);
        self.at = outer;
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let is_passed_on = !matches!(item.vis, Visibility::Inherited);
        if item.leading_colon.is_none() {
            self.import(&item.tree, &mut Vec::new(), is_passed_on);
        }
    }

    fn visit_item_impl(&mut self, block: &'ast ItemImpl) {
        let owner = path_of(&block.self_ty).unwrap_or_default();
        let outer = self.block.replace((owner, block.trait_.is_some()));
        visit::visit_item_impl(self, block);
        self.block = outer;
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        let outer = self.block.take();
        self.function(&item.sig, false, flat(item.block.to_token_stream()));
        visit::visit_item_fn(self, item);
        self.block = outer;
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.function(&item.sig, false, flat(item.block.to_token_stream()));
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if let Some(body) = &item.default {
            self.function(&item.sig, true, flat(body.to_token_stream()));
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.named("struct", &item.ident, &item.vis);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.named("enum", &item.ident, &item.vis);
        let variants = item.variants.iter().map(|variant| variant.ident.to_string());
        self.types.last_mut().unwrap().variants = variants.collect();
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.named("trait", &item.ident, &item.vis);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.named("type", &item.ident, &item.vis);
    }
}
