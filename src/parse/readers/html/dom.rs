//! The tree of an HTML page: nodes in one list, so that no depth can overflow a
//! stack, built by html5ever.

use html5ever::interface::{
    Attribute, ElementFlags, ExpandedName, NodeOrText, QuirksMode, TreeSink,
};
use html5ever::tendril::StrTendril;
use html5ever::{LocalName, Namespace, QualName};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Number of a node.
pub(super) type NodeId = usize;

/// The root of the tree.
pub(super) const ROOT: NodeId = 0;

/// A node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Option<NodeId>,
    pub(super) first: Option<NodeId>,
    pub(super) next: Option<NodeId>,
    last: Option<NodeId>,
    previous: Option<NodeId>,
    pub(super) depth: usize,
    pub(super) kind: Kind,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind {
    /// The document, a comment, a processing instruction.
    Other,
    /// Text.
    Text(String),
    /// An element: its name and attributes.
    Element(Rc<QualName>, Vec<(LocalName, String)>),
}

/// A finished tree.
#[derive(Debug)]
pub(super) struct Dom {
    pub(super) nodes: Vec<Node>,
}

impl Dom {
    /// Name of an element; of other nodes the empty name.
    pub(super) fn name(&self, node: NodeId) -> &str {
        match self.nodes.get(node).map(|node| &node.kind) {
            Some(Kind::Element(name, _)) => &name.local,
            _ => "",
        }
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        match self.nodes.get(node).map(|node| &node.kind) {
            Some(Kind::Element(_, attributes)) => {
                let mut attributes = attributes.iter();
                let found = attributes.find(|(known, _)| &**known == name);
                found.map(|(_, value)| value.as_str())
            }
            _ => None,
        }
    }

    /// The nodes below `top`, itself first, in the order of the page.
    pub(super) fn below(&self, top: NodeId) -> impl Iterator<Item = NodeId> {
        let mut at = Some(top);
        std::iter::from_fn(move || {
            let node = at?;
            at = self.after(node, top, true);
            Some(node)
        })
    }

    /// The node that follows in the order of the page; with `inside` false, what
    /// lies in `node` is passed over.
    pub(super) fn after(&self, node: NodeId, top: NodeId, inside: bool) -> Option<NodeId> {
        let first = self.nodes.get(node).and_then(|node| node.first);
        if inside && first.is_some() {
            return first;
        }
        let mut at = node;
        while at != top {
            let here = self.nodes.get(at)?;
            if here.next.is_some() {
                return here.next;
            }
            at = here.parent?;
        }
        None
    }

    /// All the text in a node.
    pub(super) fn text(&self, top: NodeId) -> String {
        let mut text = String::new();
        for node in self.below(top) {
            if let Some(Kind::Text(piece)) = self.nodes.get(node).map(|node| &node.kind) {
                text.push_str(piece);
            }
        }
        text
    }
}

/// A node as the parser holds it.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    pub(super) id: NodeId,
    name: Rc<QualName>,
}

/// The tree while it is built.
#[derive(Debug)]
pub(super) struct Builder {
    nodes: RefCell<Vec<Node>>,
    no_name: Rc<QualName>,
    /// Depth of the element that was put in last.
    pub(super) depth: Cell<usize>,
}

impl Default for Builder {
    fn default() -> Self {
        let root = Node {
            parent: None,
            first: None,
            next: None,
            last: None,
            previous: None,
            depth: 0,
            kind: Kind::Other,
        };
        Self {
            nodes: RefCell::new(vec![root]),
            no_name: Rc::new(QualName::new(
                None,
                Namespace::from(""),
                LocalName::from(""),
            )),
            depth: Cell::new(0),
        }
    }
}

impl Builder {
    /// Number of nodes so far.
    pub(super) fn len(&self) -> usize {
        self.nodes.borrow().len()
    }

    /// The tree so far.
    pub(super) fn take(&self) -> Dom {
        Dom {
            nodes: std::mem::take(&mut *self.nodes.borrow_mut()),
        }
    }

    fn new_node(&self, kind: Kind) -> Handle {
        let name = match &kind {
            Kind::Element(name, _) => Rc::clone(name),
            _ => Rc::clone(&self.no_name),
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node {
            parent: None,
            first: None,
            next: None,
            last: None,
            previous: None,
            depth: 0,
            kind,
        });
        Handle {
            id: nodes.len() - 1,
            name,
        }
    }

    fn detach(&self, id: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(node) = nodes.get_mut(id) else {
            return;
        };
        let (parent, next, previous) = (node.parent.take(), node.next.take(), node.previous.take());
        match previous.and_then(|previous| nodes.get_mut(previous)) {
            Some(previous) => previous.next = next,
            None => {
                if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent)) {
                    parent.first = next;
                }
            }
        }
        match next.and_then(|next| nodes.get_mut(next)) {
            Some(next) => next.previous = previous,
            None => {
                if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent)) {
                    parent.last = previous;
                }
            }
        }
    }

    /// Puts a detached node in before `next`, or last.
    fn attach(&self, parent: NodeId, id: NodeId, next: Option<NodeId>) {
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes.get(parent).map_or(0, |parent| parent.depth) + 1;
        let previous = match next.and_then(|next| nodes.get_mut(next)) {
            Some(next) => next.previous.replace(id),
            None => nodes
                .get_mut(parent)
                .and_then(|parent| parent.last.replace(id)),
        };
        match previous.and_then(|previous| nodes.get_mut(previous)) {
            Some(previous) => previous.next = Some(id),
            None => {
                if let Some(parent) = nodes.get_mut(parent) {
                    parent.first = Some(id);
                }
            }
        }
        if let Some(node) = nodes.get_mut(id) {
            (node.parent, node.previous, node.next) = (Some(parent), previous, next);
            node.depth = depth;
            if matches!(node.kind, Kind::Element(..)) {
                self.depth.set(depth);
            }
        }
    }

    fn insert(&self, parent: NodeId, child: NodeOrText<Handle>, next: Option<NodeId>) {
        match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.id);
                self.attach(parent, handle.id, next);
            }
            NodeOrText::AppendText(text) => {
                let before = {
                    let nodes = self.nodes.borrow();
                    match next {
                        Some(next) => nodes.get(next).and_then(|next| next.previous),
                        None => nodes.get(parent).and_then(|parent| parent.last),
                    }
                };
                let mut nodes = self.nodes.borrow_mut();
                if let Some(Kind::Text(there)) = before
                    .and_then(|before| nodes.get_mut(before))
                    .map(|node| &mut node.kind)
                {
                    there.push_str(&text);
                    return;
                }
                drop(nodes);
                let handle = self.new_node(Kind::Text(text.to_string()));
                self.attach(parent, handle.id, next);
            }
        }
    }
}

impl TreeSink for Builder {
    type Handle = Handle;
    type Output = Dom;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Dom {
        self.take()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle {
            id: ROOT,
            name: Rc::clone(&self.no_name),
        }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _flags: ElementFlags,
    ) -> Handle {
        let attributes = attributes.into_iter();
        let attributes = attributes.map(|one| (one.name.local, one.value.to_string()));
        self.new_node(Kind::Element(Rc::new(name), attributes.collect()))
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        self.new_node(Kind::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        self.new_node(Kind::Other)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, child, None);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let has_parent = self
            .nodes
            .borrow()
            .get(element.id)
            .is_some_and(|node| node.parent.is_some());
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// What a template holds is kept in it: the reader passes templates over.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self
            .nodes
            .borrow()
            .get(sibling.id)
            .and_then(|node| node.parent);
        if let Some(parent) = parent {
            self.insert(parent, child, Some(sibling.id));
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(Kind::Element(_, there)) = nodes.get_mut(target.id).map(|node| &mut node.kind)
        else {
            return;
        };
        for attribute in attributes {
            let name = attribute.name.local;
            if !there.iter().any(|(known, _)| *known == name) {
                there.push((name, attribute.value.to_string()));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        loop {
            let first = self.nodes.borrow().get(node.id).and_then(|node| node.first);
            let Some(child) = first else { return };
            self.detach(child);
            self.attach(new_parent.id, child, None);
        }
    }
}
