//! Pictures of mentors: well-formed, the same every time, and showing what the mentors weigh.
#![expect(clippy::unwrap_used, reason = "a test whose stage cannot be set should stop")]

use std::io::Cursor;

use didact_curriculum::{
    Mentor, MentorExamples, MentorFeatures, MentorLabels, MentorTraining, MentornetVariant,
    PredefinedCurriculum, predefined_examples,
};
use didact_report::{MentorMaps, MentorView, ReportError, animate_mentors, draw_mentors};
use image::codecs::gif::GifDecoder;
use image::{AnimationDecoder, Frame};
use resvg::usvg::{Options, Tree};

/// The colours of the least and of the greatest weights.
const DARK: [u8; 3] = [68, 9, 90];
const BRIGHT: [u8; 3] = [232, 228, 45];

fn mentor(labels: MentorLabels) -> Mentor {
    let classes = match labels {
        MentorLabels::Ignored => 0,
        MentorLabels::Aware { classes } => u32::try_from(classes).unwrap(),
    };
    let examples = predefined_examples(&PredefinedCurriculum::SelfPaced.into(), 4000, classes, 0);
    let examples = MentorExamples::split(examples, MentornetVariant::Fixed, 0);
    let training = MentorTraining {
        steps: 1500,
        restarts: 1,
        labels,
        ..MentorTraining::default()
    };
    let learnt = training.train(&examples, &mut |_, _| ()).unwrap();
    Mentor::new(learnt, ("self-paced".to_owned(), None), training, &examples)
}

fn view(percents: &[u32]) -> MentorView {
    MentorView {
        percents: percents.to_vec(),
        ..MentorView::default()
    }
}

fn maps(name: &str, percents: &[u32]) -> MentorMaps {
    MentorMaps::of(name, &mentor(MentorLabels::Ignored), &view(percents)).unwrap()
}

fn frames(gif: &[u8]) -> Vec<Frame> {
    let decoder = GifDecoder::new(Cursor::new(gif)).unwrap();
    decoder.into_frames().collect_frames().unwrap()
}

/// The share of pixels in about this colour.
fn share(frame: &Frame, color: [u8; 3]) -> f64 {
    let pixels = frame.buffer().pixels();
    let near = pixels.filter(|pixel| (0..3).all(|channel| pixel.0[channel].abs_diff(color[channel]) < 8));
    near.count() as f64 / f64::from(frame.buffer().width() * frame.buffer().height())
}

#[test]
fn grids_hold_the_mentors_weights() {
    let mentor = mentor(MentorLabels::Ignored);
    let maps = MentorMaps::of("mine", &mentor, &view(&[0, 50])).unwrap();
    let grids = maps.grids();
    assert_eq!(grids.iter().map(|grid| grid.percent).collect::<Vec<_>>(), [0, 50]);
    // Row 20 is the loss 5, column 8 the difference -1.
    let features = MentorFeatures {
        loss: 5.0,
        difference: -1.0,
        percent: 50,
        label: 0,
    };
    let weights = &grids[1].weights;
    assert_eq!((weights.len(), weights[0].len()), (21, 21));
    assert_eq!(weights[20][8].to_bits(), mentor.weight(features).to_bits());
    assert!(weights[20][4] > 0.9 && weights[20][16] < 0.1, "{:?}", weights[20]);
}

#[test]
fn a_picture_is_well_formed_and_names_what_it_shows() {
    let picture = draw_mentors(&[maps("mine & yours", &[0, 20, 99])]).unwrap();
    let svg = picture.svg();
    assert!(Tree::from_str(svg, &Options::default()).is_ok());
    assert!(!svg.contains("NaN") && !svg.contains("inf"));
    for text in [
        ">mine &#38; yours: taught self-paced on losses from 0.00 to 29.0",
        ">0 % of the run</text>",
        ">99 % of the run</text>",
        ">loss − moving percentile</text>",
        ">cannot occur</text>",
        ">weight</text>",
    ] {
        assert!(svg.contains(text), "{text}");
    }
    assert!(!svg.contains("was not taught"));
    assert!(draw_mentors(&[]).is_none());
    assert!(draw_mentors(&[maps("mine", &[])]).is_none());
}

#[test]
fn two_mentors_are_one_picture_with_the_same_bytes_again() {
    let draw = || draw_mentors(&["one", "other"].map(|name| maps(name, &[0, 50]))).unwrap();
    let (first, second) = (draw(), draw());
    assert_eq!(first.svg(), second.svg());
    assert_eq!(first.png().unwrap(), second.png().unwrap());
    assert_eq!(first.svg().matches(">50 % of the run</text>").count(), 2);
    for name in ["one", "other"] {
        assert!(first.svg().contains(&format!(">{name}: taught")), "{name}");
    }
}

#[test]
fn maps_say_where_a_mentor_was_not_taught() {
    let wide = MentorView {
        loss_bound: 15.0,
        ..view(&[50])
    };
    let maps = MentorMaps::of("mine", &mentor(MentorLabels::Ignored), &wide).unwrap();
    let picture = draw_mentors(&[maps]).unwrap();
    // Two ends of the differences, and their sign in the key; the losses taught reach beyond the map.
    assert_eq!(picture.svg().matches(r#"class="taught""#).count(), 3);
    assert!(picture.svg().contains("beyond: the mentor was not taught it"));
}

#[test]
fn an_animation_has_a_frame_of_half_a_second_for_each_percent() {
    let gif = animate_mentors(&[maps("mine", &[0, 50, 99])]).unwrap();
    let frames = frames(&gif);
    assert_eq!(frames.len(), 3);
    for frame in &frames {
        assert_eq!(frame.delay().numer_denom_ms(), (500, 1));
        // Half of the map counts; of the other half what can occur does not.
        assert!(
            (0.1..0.5).contains(&share(frame, BRIGHT)),
            "{}",
            share(frame, BRIGHT)
        );
        assert!(
            (0.05..0.3).contains(&share(frame, DARK)),
            "{}",
            share(frame, DARK)
        );
    }
    let beside = animate_mentors(&[maps("one", &[0]), maps("other", &[0])]).unwrap();
    let width = |gif: &[u8]| self::frames(gif)[0].buffer().width();
    assert_eq!(width(&beside), width(&gif) + 400);
}

#[test]
fn what_a_mentor_cannot_be_asked_is_refused() {
    let refusal = |labels, view: MentorView| {
        let error = MentorMaps::of("mine", &mentor(labels), &view).unwrap_err();
        assert!(matches!(
            error,
            ReportError::OutOfRange { .. } | ReportError::MentorLabel { .. }
        ));
        error.to_string()
    };
    let labelled = |label| MentorView {
        label: Some(label),
        ..view(&[0])
    };
    let aware = MentorLabels::Aware { classes: 3 };
    assert_eq!(
        refusal(MentorLabels::Ignored, view(&[0, 100])),
        "an epoch is 100, expected a percent of the run from 0 to 99"
    );
    assert_eq!(
        refusal(MentorLabels::Ignored, labelled(1)),
        "the mentor mine takes no label, as it ignores labels, found label 1"
    );
    assert_eq!(
        refusal(aware, labelled(3)),
        "the mentor mine takes a label from 0 to 2, found label 3"
    );
    let maps = MentorMaps::of("mine", &mentor(aware), &labelled(2)).unwrap();
    assert!(
        draw_mentors(&[maps])
            .unwrap()
            .svg()
            .contains("here given label 2")
    );
}
