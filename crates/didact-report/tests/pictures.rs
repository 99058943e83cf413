//! Pictures of curricula: well-formed, the same every time, and showing what they should.
#![expect(clippy::unwrap_used, reason = "a test whose stage cannot be set should stop")]

use std::io::Cursor;
use std::num::NonZeroU32;

use didact_curriculum::{CurriculumConfig, catalogue};
use didact_report::{
    Conditions, DemonstrationConfig, SelfPacedRun, WeightCurves, animate, draw_weight_curves,
};
use image::codecs::gif::GifDecoder;
use image::{AnimationDecoder, RgbaImage};
use resvg::usvg::{Options, Tree};

fn config(table: &str) -> CurriculumConfig {
    toml::from_str(table).unwrap()
}

fn named(name: &str) -> CurriculumConfig {
    config(&format!("name = '{name}'"))
}

fn curves(name: &str) -> WeightCurves {
    WeightCurves::of(name, &named(name), &Conditions::default()).unwrap()
}

/// Shares of pixels of the commonest colour.
fn ground(image: &RgbaImage) -> f64 {
    let mut pixels: Vec<[u8; 4]> = image.pixels().map(|pixel| pixel.0).collect();
    pixels.sort_unstable();
    let longest = pixels.chunk_by(|one, other| one == other).map(<[_]>::len).max();
    longest.unwrap() as f64 / pixels.len() as f64
}

#[test]
fn every_curriculum_of_the_catalogue_is_drawn() {
    for entry in catalogue() {
        // The picture stands in for the earlier run; that there is one has to be said.
        let earlier = match entry.name {
            "transfer-teacher" => "\nteacher = 'runs/earlier'",
            // Has no weights without its file, and none of its own before it has learnt.
            "mentornet" | "mentornet-data-driven" => continue,
            _ => "",
        };
        let config = config(&format!("name = '{}'{earlier}", entry.name));
        let curves = WeightCurves::of(entry.name, &config, &Conditions::default()).unwrap();
        let picture = draw_weight_curves(&[curves]).unwrap();
        let tree = Tree::from_str(picture.svg(), &Options::default());
        assert!(tree.is_ok(), "{}: {tree:?}", entry.name);
        let svg = picture.svg();
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", entry.name);
        assert!(svg.contains(&format!("How much a sample counts: {}", entry.name)));
    }
}

#[test]
fn several_curricula_are_one_picture_with_a_line_each() {
    let all = ["none", "superloss"].map(curves);
    let picture = draw_weight_curves(&all).unwrap();
    for name in ["none", "superloss"] {
        assert!(picture.svg().contains(&format!(">{name}</text>")), "{name}");
    }
    assert!(draw_weight_curves(&[]).is_none());
}

#[test]
fn weights_are_those_of_the_curriculum() {
    let superloss = curves("superloss");
    let losses = superloss.conditions().losses();
    let stages: Vec<u32> = superloss.stages().iter().map(|stage| stage.epoch).collect();
    assert_eq!(stages, [1, 3, 6, 8, 10]);
    // The loss nearest to ln 10 has a weight near 1 and a value near 0, in every epoch.
    let expected = losses.iter().position(|&loss| loss >= 10_f32.ln()).unwrap();
    for stage in superloss.stages() {
        assert!((stage.weights[expected] - 1.0).abs() < 0.02);
        assert!(stage.values.as_ref().unwrap()[expected].abs() < 0.03);
    }
}

#[test]
fn a_picture_has_the_same_bytes_again_and_png_has_two_pixels_a_unit() {
    let draw = || draw_weight_curves(&[curves("superloss")]).unwrap();
    let (one, other) = (draw(), draw());
    assert_eq!(one.svg(), other.svg());
    let png = one.png().unwrap();
    assert_eq!(png, other.png().unwrap());
    let image = image::load_from_memory(&png).unwrap().to_rgba8();
    let size = Tree::from_str(one.svg(), &Options::default()).unwrap().size();
    assert_eq!(
        [image.width(), image.height()],
        [size.width(), size.height()].map(|length| 2 * length as u32)
    );
    let ground = ground(&image);
    assert!((0.3..0.9).contains(&ground), "{ground}");
}

#[test]
fn conditions_that_no_run_has_are_refused() {
    let conditions = Conditions {
        largest_loss: -1.0,
        ..Conditions::default()
    };
    let error = WeightCurves::of("none", &CurriculumConfig::None, &conditions).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the largest loss is -1, expected a finite number above 0"
    );
    let one_class = Conditions {
        num_classes: 1,
        ..Conditions::default()
    };
    assert!(WeightCurves::of("superloss", &named("superloss"), &one_class).is_err());
}

fn demonstration(curriculum: CurriculumConfig, seed: u64) -> DemonstrationConfig {
    DemonstrationConfig {
        curriculum,
        samples: 300,
        epochs: NonZeroU32::new(40).unwrap(),
        few: 5,
        seed,
    }
}

#[test]
fn the_flipped_label_is_never_selected_whatever_the_seed() {
    for seed in 0..20 {
        let config = DemonstrationConfig {
            samples: 100 + 50 * seed as usize,
            ..demonstration(config("name = 'spl-hard'\npreset = 'blog'"), seed)
        };
        let run = SelfPacedRun::new(&config).unwrap();
        let anomalies = run.anomalies();
        assert_eq!(
            anomalies.first(),
            Some(&run.flipped()),
            "seed {seed}: {anomalies:?}"
        );
        assert!(anomalies.len() <= 5, "seed {seed}: {anomalies:?}");
        // Selecting began with few samples and ended with nearly all.
        let [_, first, .., last] = run.snapshots() else {
            panic!("seed {seed}: {} epochs", run.snapshots().len())
        };
        assert!(first.selected() < last.selected(), "seed {seed}");
        assert!(run.selects());
    }
}

#[test]
fn where_every_sample_counts_the_least_weight_tells() {
    let run = SelfPacedRun::new(&DemonstrationConfig {
        epochs: NonZeroU32::new(6).unwrap(),
        ..demonstration(named("superloss"), 3)
    })
    .unwrap();
    assert!(!run.selects() && run.never_selected().is_empty());
    assert_eq!(run.snapshots().len(), 7, "no epoch of six is spared");
    assert_eq!(run.anomalies().len(), 5);
    assert!(run.anomalies().contains(&run.flipped()));
}

#[test]
fn a_seed_stands_for_an_animation() {
    let gif = |seed| {
        let config = DemonstrationConfig {
            epochs: NonZeroU32::new(2).unwrap(),
            ..demonstration(named("superloss"), seed)
        };
        animate(&SelfPacedRun::new(&config).unwrap(), "superloss").unwrap()
    };
    let one = gif(1);
    assert_eq!(one, gif(1));
    assert_ne!(one, gif(2));
}

#[test]
fn an_animation_has_a_frame_an_epoch_and_holds_the_last() {
    let config = DemonstrationConfig {
        epochs: NonZeroU32::new(2).unwrap(),
        ..demonstration(named("superloss"), 1)
    };
    let gif = animate(&SelfPacedRun::new(&config).unwrap(), "superloss").unwrap();
    let decoder = GifDecoder::new(Cursor::new(gif)).unwrap();
    let frames = decoder.into_frames().collect_frames().unwrap();
    let delays: Vec<u32> = frames
        .iter()
        .map(|frame| frame.delay().numer_denom_ms().0)
        .collect();
    assert_eq!(delays, [900, 900, 900, 6000]);
    for frame in &frames {
        let image = frame.buffer();
        assert_eq!((image.width(), image.height()), (620, 640));
        assert!(ground(image) < 0.6);
    }
    assert_ne!(frames[0].buffer(), frames[1].buffer());
    assert_ne!(frames[2].buffer(), frames[3].buffer());
}

#[test]
fn fewer_than_ten_samples_are_refused() {
    let config = DemonstrationConfig {
        samples: 9,
        ..demonstration(CurriculumConfig::None, 0)
    };
    let message = SelfPacedRun::new(&config).unwrap_err().to_string();
    assert_eq!(
        message,
        "the number of samples is 9, expected at least 10, and fewer than 2^32"
    );
}
