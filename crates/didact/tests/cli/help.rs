//! What the command says about itself.

use insta::assert_snapshot;

use crate::support::Workplace;

fn help(command: &str) -> String {
    let outcome = Workplace::new().didact(&format!("{command} --help"));
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
    outcome.stdout
}

#[test]
fn alone_it_says_what_to_type_next() {
    assert_snapshot!(Workplace::new().didact("").all(), @"
    exit 0
    --- stdout
    didact trains networks on labels you cannot trust.

      didact quickstart                  plain training against SuperLoss on embedded data, in about a minute
      didact train DATA -o runs/first    on your own data: class folders, CIFAR, IDX, Parquet, CSV or NumPy
      didact clean DATA --trusted FILE   correct labels with a trusted few, and train on them
      didact help train                  every option, with examples
    --- stderr
    ");
}

#[test]
fn the_commands_are_listed() {
    assert_snapshot!(help(""), @"
    Train on labels you cannot trust.

    A curriculum weighs every sample while the network trains, so that wrong labels count less; a ledger
    remembers what happened to every sample; a report shows it.

    Usage: didact [COMMAND]

    Commands:
      quickstart   Plain training against SuperLoss on embedded data, ending in a report
      train        Train a network on labels that may be wrong
      evaluate     Measure a trained network on labelled data it has not seen
      predict      Name the label of image files, with its probability
      noise        Label noise, made on purpose
      data         What is in a data set; into other formats
      curriculum   Curricula: how much a sample counts
      mentor       Mentors: small networks that learn which weights to give (MentorNet)
      clean        Correct labels with a trusted few, and train on them
      compare      Compare methods over noise, models and seeds, in one table with means and deviations
      report       Write one self-contained HTML page about one run, or several side by side
      bench        How fast didact is on this machine
      completions  Print a script that completes didact's commands and options in a shell
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Exit codes: 0 done; 1 the input or the data is wrong; 2 the command line is wrong; 130 stopped by
    Ctrl-C.
    ");
}

#[test]
#[expect(clippy::too_many_lines, reason = "the help is as long as it is")]
fn train_explains_every_option() {
    assert_snapshot!(help("train"), @"
    Train a network on labels that may be wrong

    Writes the run folder RUN: the weights, the figures of every epoch, the ledger of what happened to
    every sample, and report.html. Nothing is written before data and settings are known to be good.

    Usage: didact train [OPTIONS] --output <RUN> [DATA]

    Arguments:
      [DATA]
              The data to train on: a file or folder, recognised by looking at it
              
              Class folders; a folder of images with --labels; CIFAR-10/100 (binary or Python version,
              also inside its .tar.gz); IDX; Parquet; CSV; .npy or .npz. `DATA#0..5000` takes the first
              5,000 rows only.

    Options:
      -o, --output <RUN>
              The run folder to write; it must not exist yet

          --resume
              Go on with the run in RUN where it was stopped, with the settings it has
              
              Only --threads and --memory-budget may differ; other options must agree with
              RUN/config.toml.

          --config <FILE>
              Settings from a TOML file with the same keys as the options; options win
              
              A method is a string, as on the command line, or a table with `name`. RUN/config.toml of
              another run will do. Paths in it are relative to the current folder.

          --verbose
              Say on standard error what computes: instruction set, threads, and what runs without a
              kernel of didact's

          --json
              Print RUN/summary.json on standard output, and everything else on standard error

      -h, --help
              Print help (see a summary with '-h')

    Data:
          --format <FORMAT>
              The format of DATA, if it is not to be found by looking
              
              class-folders, image-folder, cifar-10, cifar-100, cifar-100-coarse, idx, parquet, csv or
              numpy. cifar-100-coarse takes the 20 coarse labels of CIFAR-100.

          --labels <FILE>
              Labels for data without: one integer or name a row in file-name order, or rows
              `file,label`

          --true-labels <FILE>
              True labels of some or all samples; they only measure and are never trained on

          --trusted <FILE>
              Labels to believe, of some samples; they replace the given ones, but in clean, which
              learns from both

          --image-size <SIDE>
              Resize all images to SIDE x SIDE pixels

          --skip-bad
              Leave out samples that cannot be read, and list them in RUN/skipped.csv, instead of
              refusing the data

          --memory-budget <MIB>
              Most memory for decoded images; those beyond it are decoded again each epoch [default:
              2048]

          --validation <SHARE|DATA>
              What chooses the epoch: a share of DATA such as 0.1, other data, or none [default: 0.1]
              
              The share is taken after noise was made: choosing on noisy labels is what really happens
              to people, and the report says which labels chose.

          --test <DATA>
              Data to report on, never trained or selected on, or none; by default the test part of DATA
              if it has one

          --features <FEATURES>
              What stands for images instead of their pixels: rgb-histogram [default: pixels]
              
              rgb-histogram counts the pixels of each channel in 5 ranges of values,
              rgb-histogram:bins=8 in 8; it goes with --model logistic or mlp.

          --normalize <NORMALIZE>
              How inputs are normalised: measured, none, or given:mean=NUMBERS,deviation=NUMBERS
              [default: measured]
              
              given:mean=0.4914x0.4822x0.4465,deviation=0.2471x0.2435x0.2616 has one number a channel or
              a feature; pixels are in [0, 1]. Measured: mean and deviation of the training samples.

          --augment <PRESET>
              Random changes of training images: none, shift, standard, tutorial or notebook
              
              shift: a border of 4 zeros, crop. standard: the same, and every other image mirrored left
              to right. tutorial: a reflected border of 4, crop, mirrored, an 8x8 hole. notebook:
              mirrored, turned by up to 7.2 degrees, height and width scaled by up to a fifth. By
              default standard for images in colour, shift for grey ones and none for features.
              Mirroring is wrong where left and right matter, as in digits, letters and road signs: give
              shift there. In TOML also a list of operations.

    Noise:
          --noise <KIND:RATE>
              Label noise to make before training: KIND:RATE or KIND:FILE
              
              symmetric:0.4, symmetric-inclusive:0.4, exact-per-class:0.4, pair:0.4, asymmetric:FILE,
              transition:FILE. The labels as found are kept as the true ones, and the rate that came out
              is reported.

          --noise-seed <N>
              Seed of the noise, so that it stays while --seed changes [default: that of --seed]

    Learning:
          --model <MODEL>
              The network: logistic, mlp, big-lenet, vgg, resnet-20, resnet-32, resnet-44, resnet-56,
              cct, notebook-resnet-8 or notebook-resnet-44
              
              mlp:hidden=512x256,dropout=0.5; big-lenet:padding=same; vgg:dropout=0.5;
              cct:dropout=0.1,stochastic-depth=0.1. By default big-lenet for images (padding=same below
              22x22 pixels) and mlp for features.

          --initial-weights <FILE>
              Begin with the weights of a trained model, such as RUN/model.safetensors, instead of
              random ones
              
              The file must be of the same --model on samples of the same shape with as many classes.

          --loss <LOSS>
              The loss of a sample [default: cross-entropy]
              
              These resist wrong labels: generalized-cross-entropy, symmetric-cross-entropy,
              active-passive, bootstrap, early-learning, self-adaptive and forward-corrected. With
              parameters: early-learning:beta=0.9,lambda=7; forward-corrected:transition=FILE.

          --label-smoothing <SHARE>
              Share of the target spread over all classes, in [0, 1) [default: 0]

          --mixup <ALPHA>
              Mix each training sample with another one: strength above 0, such as 0.2 to 0.4; larger
              mixes more evenly
              
              Inputs and targets of two samples are blended in a share drawn from Beta(ALPHA, ALPHA).
              The ledger then has what the network says of the samples themselves, by a forward pass
              after each epoch.

          --weight-averaging <DECAY>
              Evaluate and save an average of the weights over steps: its decay, such as 0.999
              
              average <- DECAY average + (1 - DECAY) weights after each step; running statistics of
              normalisation are averaged as weights are.

          --strategy <STRATEGY>
              Who learns, and from whom: none, co-teaching or data-parameters [default: none]
              
              co-teaching: two networks, each of which weighs the samples of the other; needs a
              --curriculum such as small-loss. data-parameters:mode=both,instance-learning-rate=1:
              temperatures of samples and classes, learnt with the network.

          --curriculum <CURRICULUM>
              How much each sample counts: none, superloss, spl-hard, small-loss, mentornet-predefined,
              ... [default: superloss]
              
              superloss:lambda=0.25,expectation=exponential; spl-linear:to=0.6. `didact curriculum list`
              prints every name with its parameters, `didact curriculum plot NAME -o FILE.png` draws it.

          --confidence <CURRICULUM>
              The superloss whose confidence is logged, if it is not that of --curriculum
              
              Plain runs log it too, so that they can be compared; this gives them the settings of the
              other run.

          --optimizer <OPTIMIZER>
              sgd, adam or adam-w [default: adam]
              
              sgd:momentum=0.9,variant=nesterov; adam:beta1=0.9,beta2=0.999,epsilon=1e-8.

          --learning-rate <RATE>
              The base learning rate [default: 0.001, for sgd 0.1]

          --schedule <SCHEDULE>
              How the learning rate moves: constant, step, cosine or one-cycle [default: constant]
              
              Each takes warmup=EPOCHS: cosine:warmup=5; step:every=30,factor=0.1.

          --weight-decay <RATE>
              How strongly weights are pulled to zero; never biases and normalisation [default: 0]

          --gradient-clip <NORM>
              Largest norm of the gradient over all parameters

          --batch-size <N>
              Samples in a batch [default: 128, or all training samples if they are fewer]

          --epochs <N>
              Number of epochs [default: 20]

    Selection:
          --early-stopping <EPOCHS>
              Stop after EPOCHS epochs without improvement on validation

          --select <EPOCH>
              Which epoch's weights are kept: best, last or labelwave [default: best]
              
              best on the validation labels; labelwave where the predictions of training samples change
              least before wrong labels are memorised, which needs no label, and with --early-stopping
              ends the run there.

          --select-metric <METRIC>
              What makes an epoch the best: accuracy, top5-accuracy, mcc or loss [default: accuracy]

    Machine:
          --seed <N>
              Seed of everything random; the same seed gives the same bits on a processor [default: 0]

          --threads <N>
              Threads of the processor; no result depends on it [default: all]

          --precision <PRECISION>
              How numbers are multiplied: f32 or bf16 [default: f32]
              
              bf16 rounds what wide 3x3 convolutions multiply to 8 significant bits; with AVX512-BF16
              also what attention, 1x1 convolutions and linear layers do if they are wide (64), and with
              AMX instead most layers of stride 1; sums, weights and all else stay f32. Faster on
              processors with instructions for it (AMX, AVX512-BF16 of AMD), slower on others; evaluate
              and predict follow the run.

          --device <DEVICE>
              Where to compute: cpu, or cuda:0 or wgpu in builds that have them [default: cpu]

    Methods are spelt NAME:key=value,key=value, as in superloss:lambda=0.25,expectation=exponential.

    Examples:
      didact train photos/ -o runs/first
          class folders, SuperLoss, and a tenth of the data to choose the epoch
      didact train photos/ -o runs/plain --curriculum none --seed 1
          the same without a curriculum, to compare: didact report runs/first runs/plain -o both.html
      didact train cifar-100-binary/ --noise symmetric:0.4 --augment tutorial --epochs 10 -o runs/noisy
          an experiment with noise of a known rate; the report shows clean and wrong labels apart
      didact train table.csv --model mlp:hidden=64 --early-stopping 5 -o runs/table
          features in columns, labels in the column called label, target or class, otherwise in the last
          one
      didact train --resume -o runs/first
          go on after Ctrl-C, a power cut or a full disk, to the same final bits
      didact train photos/ --config runs/first/config.toml --seed 2 -o runs/second
          the settings of another run, with another seed

    Ctrl-C finishes the batch, saves, and exits with 130.
    ");
}

#[test]
fn evaluate_explains_itself() {
    assert_snapshot!(help("evaluate"), @"
    Measure a trained network on labelled data it has not seen

    Prints loss, accuracy, top-5 accuracy and Matthews' correlation for the selected and the last
    weights, and a classification report as scikit-learn prints it. Data the run was trained or selected
    on is refused. If DATA holds a training and a test part, the test part is taken.

    Usage: didact evaluate [OPTIONS] <RUN> <DATA>

    Arguments:
      <RUN>
              The run folder that `didact train` wrote, or the folder of `didact clean`

      <DATA>
              Labelled data in any format that `didact train` reads

    Options:
          --format <FORMAT>
              The format of DATA, if it is not to be found by looking
              
              [possible values: class-folders, image-folder, cifar-10, cifar-100, cifar-100-coarse, idx,
              parquet, csv, numpy]

          --labels <FILE>
              Labels for data without: one integer or name a row in file-name order, or rows
              `file,label`

          --memory-budget <MIB>
              Most memory for decoded images
              
              [default: 2048]

          --skip-bad
              Leave out samples that cannot be read instead of refusing the data

          --average <RUN>
              Average the probabilities with those of this run too; give it again for more runs
              
              DATA must be new to all of them. The loss of an average is plain cross-entropy. In --json
              all but `test` and `test_last` is RUN's.

          --device <DEVICE>
              Where to compute: cpu, cuda:0 or wgpu
              
              [default: cpu]

          --verbose
              Say on standard error what computes: instruction set, threads, and what runs without a
              kernel of didact's

          --json
              Print one JSON object in the schema of RUN/summary.json, with `test` and `test_last`
              measured on DATA

      -h, --help
              Print help (see a summary with '-h')

    Examples:
      didact evaluate runs/first test-photos/
      didact evaluate runs/first test-photos/ --labels checked.csv
      didact evaluate runs/first test-photos/ --json > figures.json
      didact evaluate runs/seed-1 test-photos/ --average runs/seed-2 --average runs/seed-3
    ");
}

#[test]
fn predict_explains_itself() {
    assert_snapshot!(help("predict"), @"
    Name the label of image files, with its probability

    Prints a table `file,label,probability` with the selected weights of the run. Images are resized as
    those of the training were. If a file cannot be read, nothing is predicted and all such files are
    named.

    Usage: didact predict [OPTIONS] <RUN> <FILE>...

    Arguments:
      <RUN>
              The run folder that `didact train` wrote, or the folder of `didact clean`

      <FILE>...
              PNG, JPEG, WebP or GIF files

    Options:
          --average <RUN>
              Average the probabilities with those of this run too; give it again for more runs
              
              The runs must take the same images and name the same classes: runs of several seeds, or
              the models of folds.

          --device <DEVICE>
              Where to compute: cpu, cuda:0 or wgpu
              
              [default: cpu]

          --verbose
              Say on standard error what computes: instruction set, threads, and what runs without a
              kernel of didact's

          --json
              Print one JSON object with the probabilities of all classes

      -h, --help
              Print help (see a summary with '-h')

    Examples:
      didact predict runs/first new/*.jpg > labels.csv
      didact predict runs/first cat.png --json
      didact predict cleaned/first-fold-1 --average cleaned/first-fold-2 new/*.jpg
    ");
}

#[test]
fn quickstart_explains_itself() {
    assert_snapshot!(help("quickstart"), @"
    Plain training against SuperLoss on embedded data, ending in a report

    Takes the 10,000 images of Fashion-MNIST that travel inside the program, makes 40 % of the training
    labels wrong, and trains the same network twice from the same seed: without a curriculum, and with
    SuperLoss. Prints how well each does on clean test labels, how it weighed clean and wrong labels,
    and where the report is.

    Usage: didact quickstart [OPTIONS]

    Options:
      -o, --output <DIR>
              The folder to write; a quickstart that was stopped in it goes on
              
              [default: didact-quickstart]

          --json
              Print one JSON object: the summaries of both runs, the path of the report, and the seconds
              it took

      -h, --help
              Print help (see a summary with '-h')
    ");
}

#[test]
fn report_explains_itself() {
    assert_snapshot!(help("report"), @"
    Write one self-contained HTML page about one run, or several side by side

    Also of a run that still goes on, as far as it is. An older report is replaced.

    Usage: didact report [OPTIONS] <RUN>...

    Arguments:
      <RUN>...
              Run folders that `didact train` wrote, or folders of `didact clean`

    Options:
      -o, --output <FILE>
              The page to write [default: RUN/report.html of a single run]

          --json
              Print one JSON object with the path of the page

      -h, --help
              Print help (see a summary with '-h')

    Examples:
      didact report runs/first                           writes runs/first/report.html
      didact report runs/plain runs/superloss -o both.html
      didact report cleaned                              the page about a cleaning, anew
      didact report cleaned-vgg cleaned-cct -o both.html cleanings side by side
    ");
}

#[test]
fn noise_inject_lists_the_kinds() {
    assert_snapshot!(help("noise inject"), @"
    Make some labels of a label file wrong, with the true ones kept beside

    Writes a table `id,given_label,true_label` and tells which share really became wrong. The same seed
    makes the same labels wrong, also where others join or leave (all kinds but exact-per-class).

    Usage: didact noise inject [OPTIONS] --noise <KIND:RATE> --output <FILE> <LABELS>

    Arguments:
      <LABELS>
              The label file

    Options:
          --noise <KIND:RATE>
              Which noise, such as symmetric:0.4

          --seed <N>
              Seed of the noise
              
              [default: 0]

          --classes <NAMES|K>
              The classes in their order, separated by commas, or how many there are [default: those in
              LABELS]

      -o, --output <FILE>
              The file to write; it must not exist yet

          --json
              Print one JSON object with kind, rate asked for, rate realised, and the matrix of true
              against given labels

      -h, --help
              Print help (see a summary with '-h')

    LABELS has one label a row, or rows `file,label`; labels are numbers or names, with or without a
    header.

    Kinds:
      symmetric:RATE            to any other class, uniformly
      symmetric-inclusive:RATE  to any class, the true one too: RATE (1 - 1/K) become wrong
      exact-per-class:RATE      exactly that share of each class, the first ones in order
      pair:RATE                 to the next class
      asymmetric:FILE           confusions listed as `true,given,rate`
      transition:FILE           a matrix, one row per true class

    Example:
      didact noise inject labels.csv --noise symmetric:0.4 --seed 7 -o noisy.csv
      didact train photos/ --labels noisy.csv -o runs/noisy
    ");
}

#[test]
fn data_info_explains_itself() {
    assert_snapshot!(help("data info"), @"
    Classes, counts, sizes, duplicates and bad items of a data set

    Bad items do not stop it: they are what one wants to know.

    Usage: didact data info [OPTIONS] <DATA>

    Arguments:
      <DATA>
              Data in any format that `didact train` reads

    Options:
          --image-size <SIDE>
              Resize all images to SIDE x SIDE pixels

          --format <FORMAT>
              The format of DATA, if it is not to be found by looking
              
              [possible values: class-folders, image-folder, cifar-10, cifar-100, cifar-100-coarse, idx,
              parquet, csv, numpy]

          --labels <FILE>
              Labels for data without: one integer or name a row in file-name order, or rows
              `file,label`

          --memory-budget <MIB>
              Most memory for decoded images
              
              [default: 2048]

          --json
              Print one JSON object, with every group of duplicates and every bad item

      -h, --help
              Print help (see a summary with '-h')

    Example:
      didact data info photos/ --labels labels.csv
    ");
}

#[test]
fn data_convert_explains_itself() {
    assert_snapshot!(help("data convert"), @"
    Write a data set as class folders or Parquet

    Usage: didact data convert [OPTIONS] --output <OUT> --to <FORMAT> <DATA>

    Arguments:
      <DATA>  Data in any format that `didact train` reads

    Options:
      -o, --output <OUT>         The file or folder to write; it must not exist yet
          --to <FORMAT>          What to write [possible values: class-folders, parquet]
          --image-size <SIDE>    Resize all images to SIDE x SIDE pixels
          --format <FORMAT>      The format of DATA, if it is not to be found by looking [possible
                                 values: class-folders, image-folder, cifar-10, cifar-100,
                                 cifar-100-coarse, idx, parquet, csv, numpy]
          --labels <FILE>        Labels for data without: one integer or name a row in file-name order,
                                 or rows `file,label`
          --memory-budget <MIB>  Most memory for decoded images [default: 2048]
          --skip-bad             Leave out samples that cannot be read instead of refusing the data
          --json                 Print one JSON object with the path and the number of samples
      -h, --help                 Print help

    Example:
      didact data convert cifar-100-binary/ -o cifar-100.parquet --to parquet
    ");
}

#[test]
fn completions_explain_themselves() {
    assert_snapshot!(help("completions"), @"
    Print a script that completes didact's commands and options in a shell

    Usage: didact completions <SHELL>

    Arguments:
      <SHELL>  The shell [possible values: bash, elvish, fish, powershell, zsh]

    Options:
      -h, --help  Print help

    Example:
      didact completions bash > ~/.local/share/bash-completion/completions/didact
    ");
}

#[test]
fn curricula_are_listed_with_ranges_and_defaults() {
    assert_snapshot!(Workplace::new().didact("curriculum list none superloss small-loss").stdout, @"
    none
      plain training, every sample counts alike

    superloss
      samples with less loss than expected count more, those with more count less
      Source: Castells, Weinzaepfel and Revaud, SuperLoss: A Generic Loss for Robust Curriculum Learning, NeurIPS 2020
      lambda          how gently weights depart from 1, in the unit of the loss; smaller separates more sharply
                      values: > 0; default: 1.0
      expectation     which loss is expected of a sample, and so gets weight 1
                      values: constant, exponential, global, window; default: constant
      value           the expected loss itself, with expectation=constant
                      values: any number; default: ln K for K classes; required for a task without classes
      decay           share of the past kept at each batch, with expectation=exponential
                      values: 0 <= decay < 1; default: 0.9
      window          number of batches averaged over, with expectation=window
                      values: >= 1; default: 20
      smoothing       which loss sets the confidence: the sample's own, or the moving average of its class or of itself
                      values: none, class, sample; default: none
      smoothing-decay share of the past kept at each sample, with smoothing
                      values: 0 <= smoothing-decay < 1; default: 0.9
      trend           how much more loss is expected of a sample whose losses fall, and less of one whose rise (Trend-SL)
                      values: >= 0; default: none
      trend-losses    how many of a sample's latest losses make its trend
                      values: 2 to 255; default: 5
      preset          settings from the literature, which the other parameters then change
                      values: cifar-10, cifar-100, mnist, fast-estimator; default: none of them

    small-loss
      only the share of each batch with the smallest losses counts, as large as labels are believed to be right
      Source: Han, Yao, Yu, Niu, Xu, Hu, Tsang and Sugiyama, Co-teaching: Robust Training of Deep Neural Networks with Extremely Noisy Labels, NeurIPS 2018
      noise-rate      share of each batch that is left out in the end; auto is the estimated share of wrong labels
                      values: 0 <= noise-rate < 1, or auto; default: auto
      over            number of epochs over which that share grows from nothing
                      values: > 0; default: 10.0
      averaging       what the losses kept are divided by: the size of the batch, or their number
                      values: batch, selected; default: selected
    ");
    let json = Workplace::new().didact("curriculum list --json").json();
    assert_eq!(json["curricula"][1]["parameters"][0]["name"], "lambda");
}

#[test]
fn completions_name_the_options() {
    for shell in ["bash", "zsh", "fish"] {
        let outcome = Workplace::new().didact(&format!("completions {shell}"));
        assert_eq!(outcome.code, 0);
        assert!(outcome.stdout.contains("label-smoothing"), "{shell}");
    }
}
