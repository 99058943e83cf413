//! Pictures that are files of their own.
//!
//! | file | what it makes |
//! |---|---|
//! | `drawn` | a drawing as SVG, PNG or pixels |
//! | `raster` | pixels from SVG, with the font in `assets` |
//! | `style` | the style sheet |
//! | `sheet` | panels in rows under a title |
//! | `panel` | a plotting area with its axes |
//! | `curves` | a panel of lines with a legend |
//! | `surface` | a panel of a function of two numbers: bands of colour, contour lines and a scale |
//! | `contour` | the contour lines |
//! | `color` | colours of lines and of heights |

mod color;
mod contour;
mod curves;
mod drawn;
mod panel;
mod raster;
mod sheet;
mod style;
mod surface;

pub(crate) use color::Pen;
pub(crate) use curves::{Curve, CurvePanel, Mark};
pub use drawn::Picture;
pub(crate) use panel::{PANEL, Panel};
pub(crate) use raster::Pixels;
pub(crate) use sheet::{Sheet, SheetPanel, wrapped};
pub(crate) use style::STYLE;
pub(crate) use surface::{Surface, SurfacePanel, draw_scale};
