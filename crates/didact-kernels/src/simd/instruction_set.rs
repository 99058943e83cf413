//! Which instructions the processor has.

use std::fmt;
use std::sync::OnceLock;

/// A set of instructions that this processor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstructionSet(Level);

static IN_USE: OnceLock<InstructionSet> = OnceLock::new();

/// What a kernel can be compiled for, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// What the compiler makes of plain code.
    Portable,
    /// 8 numbers at once, with fused multiply-add.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// 16 numbers at once.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// The same, with products of `bf16`.
    #[cfg(target_arch = "x86_64")]
    Avx512Bf16,
    /// The same, with a unit for products of matrices of `bf16`.
    #[cfg(target_arch = "x86_64")]
    Amx,
}

impl InstructionSet {
    /// The set that the kernels of this process use: the best that the processor has, unless one was chosen.
    pub fn in_use() -> Self {
        *IN_USE.get_or_init(|| Self::available().last().copied().unwrap_or(Self(Level::Portable)))
    }

    /// Makes the kernels of this process use this set, for tests and comparisons.
    ///
    /// # Errors
    ///
    /// The set in use, if a kernel has run already or one was chosen before.
    pub fn choose(self) -> Result<(), Self> {
        IN_USE.set(self).map_err(|_| Self::in_use())
    }

    /// All that this processor has, the best last: for tests and comparisons.
    pub fn available() -> Vec<Self> {
        let mut available = vec![Self(Level::Portable)];
        #[cfg(target_arch = "x86_64")]
        {
            let has_avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            let has_avx512 = has_avx2
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl");
            available.extend(has_avx2.then_some(Self(Level::Avx2)));
            available.extend(has_avx512.then_some(Self(Level::Avx512)));
            let has_bf16 = has_avx512 && is_x86_feature_detected!("avx512bf16");
            available.extend(has_bf16.then_some(Self(Level::Avx512Bf16)));
            available.extend((has_bf16 && super::amx::is_available()).then_some(Self(Level::Amx)));
        }
        available
    }

    /// Numbers in a vector.
    pub(crate) fn lanes(self) -> usize {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 | Level::Avx512Bf16 | Level::Amx => 16,
            _ => 8,
        }
    }

    /// Whether it has a unit for products of matrices of `bf16`.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn has_matrix_unit(self) -> bool {
        self.0 == Level::Amx
    }

    /// Whether it has products of `bf16`, by vectors or by a unit for matrices.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn multiplies_bf16(self) -> bool {
        matches!(self.0, Level::Avx512Bf16 | Level::Amx)
    }

    pub(super) fn level(self) -> Level {
        self.0
    }
}

impl fmt::Display for InstructionSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.0 {
            Level::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => "AVX-512",
            #[cfg(target_arch = "x86_64")]
            Level::Avx512Bf16 => "AVX-512 with BF16",
            #[cfg(target_arch = "x86_64")]
            Level::Amx => "AVX-512 with BF16 and AMX",
        })
    }
}
