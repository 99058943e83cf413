//! What every instruction set must do, by AVX-512 with a unit for products of matrices of `bf16`.

mod every_level;

use every_level::{Cases, Level};

const LEVEL: Level = Some("AVX-512 with BF16 and AMX");
const CASES: Cases = Cases {
    convolutions: 300,
    winograd: 300,
    many_images: 30,
    blocks: 500,
};
