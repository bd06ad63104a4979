//! A screen by hand with all its forms, as the designs were drawn.

use dermaroll::tui::view::{self, Block, Body, Face, FaceMap, Foot, Form, Line, MapSize, OneLine, Page, Piece, View};

use super::fixture::strong;

/// In which windows a block stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    All,
    Wide,
    Narrow,
}

/// Words for wide and for narrow windows.
#[derive(Clone, Default)]
pub(crate) struct Fit {
    pub wide: Line,
    pub narrow: Line,
}

impl Fit {
    pub(crate) fn same(line: Line) -> Fit {
        Fit { wide: line.clone(), narrow: line }
    }

    fn of(&self, form: Form) -> view::Fit {
        view::Fit { long: form.is_wide().then(|| self.wide.clone()), short: self.narrow.clone() }
    }
}

/// A screen by hand with all its forms; a view has one of them.
#[derive(Clone)]
pub(crate) struct Sketch {
    pub head: Fit,
    pub status: Fit,
    pub mark: Option<Piece>,
    pub blocks: Vec<(On, Block)>,
    pub face: Option<Face>,
    pub scroll: usize,
    pub foot: Foot,
    pub tiny: Vec<Line>,
    pub line: String,
}

impl Sketch {
    pub(crate) fn view(&self, form: Form) -> View {
        let foot = match &self.foot {
            Foot::HandsFree(_) if !form.is_wide() => Foot::HandsFree(strong("HANDS FREE  any key pauses")),
            foot => foot.clone(),
        };
        let (head, status) = (self.head.of(form), self.status.of(form));
        View { head, status, reversed: false, mark: self.mark.clone(), body: self.body(form), foot }
    }

    fn body(&self, form: Form) -> Body {
        let stands = |on: On| on == On::All || (on == On::Wide) == form.is_wide();
        let blocks = self.blocks.iter().filter(|(on, _)| stands(*on)).map(|(_, block)| block.clone()).collect();
        let page = Page { blocks, scroll: self.scroll };
        match (form, &self.face) {
            (Form::OneLine, _) => {
                Body::OneLine(OneLine { clock: None, text: self.line.clone(), field: page.field().cloned() })
            }
            (Form::Tiny, _) if !self.tiny.is_empty() => Body::Few(self.tiny.clone()),
            (Form::Compact, Some(face)) => {
                let map = FaceMap { size: MapSize::Mini, ..face.map.clone() };
                Body::Face(Box::new(Face { map, ..face.clone() }))
            }
            (_, Some(face)) => Body::Face(Box::new(face.clone())),
            (_, None) => Body::Page(page),
        }
    }
}
