//! The minimal algorithms: which linear maps surround the products.

use crate::simd::Vector;

/// The most outputs of a tile in one direction.
pub(super) const MOST_OUTPUTS: usize = 4;
/// The most points of a tile in one direction.
pub(super) const MOST_POINTS: usize = 6;

/// F(m x m, 3 x 3): `m x m` outputs by `(m + 2) x (m + 2)` multiplications.
///
/// Every map is given in one direction; applied to rows and columns it makes the two-dimensional one. Of arrays only the
/// first `OUTPUTS` or `SIDE` entries count. Maps follow from the Chinese remainder theorem and the points at which
/// polynomials are evaluated (Winograd, 1980; Lavin and Gray, 2015).
pub(super) trait Minimal {
    /// Outputs of a tile in one direction, `m`.
    const OUTPUTS: usize;
    /// Points of a tile in one direction, `m + 2`; as many as inputs that it sees.
    const SIDE: usize = Self::OUTPUTS + 2;
    /// Points of a tile.
    const POINTS: usize = Self::SIDE * Self::SIDE;

    /// `B' d`: inputs to points.
    ///
    /// # Safety
    ///
    /// As [`Vector`]; so with all maps of vectors.
    unsafe fn input<V: Vector>(inputs: [V; MOST_POINTS]) -> [V; MOST_POINTS];
    /// `A' m`: points to outputs.
    unsafe fn output<V: Vector>(points: [V; MOST_POINTS]) -> [V; MOST_OUTPUTS];
    /// `A y`: gradients of outputs to gradients of points.
    unsafe fn gradient<V: Vector>(outputs: [V; MOST_OUTPUTS]) -> [V; MOST_POINTS];
    /// `G g`: a kernel to points.
    fn weight(kernel: [f32; 3]) -> [f32; MOST_POINTS];
    /// `G' u`: gradients of points to that of the kernel.
    fn weight_back(points: [f32; MOST_POINTS]) -> [f32; 3];
}

/// F(2 x 2, 3 x 3) at the points 0, 1, -1 and infinity: 16 multiplications for 4 outputs.
pub(super) struct TwoByTwo;

impl Minimal for TwoByTwo {
    const OUTPUTS: usize = 2;

    #[inline(always)]
    unsafe fn input<V: Vector>([a, b, c, d, ..]: [V; MOST_POINTS]) -> [V; MOST_POINTS] {
        // SAFETY: the caller's.
        unsafe { [a.subtract(c), b.add(c), c.subtract(b), b.subtract(d), a, a] }
    }

    #[inline(always)]
    unsafe fn output<V: Vector>([a, b, c, d, ..]: [V; MOST_POINTS]) -> [V; MOST_OUTPUTS] {
        // SAFETY: the caller's.
        unsafe { [a.add(b).add(c), b.subtract(c).subtract(d), a, a] }
    }

    #[inline(always)]
    unsafe fn gradient<V: Vector>([a, b, ..]: [V; MOST_OUTPUTS]) -> [V; MOST_POINTS] {
        // SAFETY: the caller's.
        unsafe { [a, a.add(b), a.subtract(b), V::splat(0.0).subtract(b), a, a] }
    }

    fn weight([a, b, c]: [f32; 3]) -> [f32; MOST_POINTS] {
        [a, 0.5 * (a + b + c), 0.5 * (a - b + c), c, 0.0, 0.0]
    }

    fn weight_back([a, b, c, d, ..]: [f32; MOST_POINTS]) -> [f32; 3] {
        [a + 0.5 * (b + c), 0.5 * (b - c), 0.5 * (b + c) + d]
    }
}

/// F(4 x 4, 3 x 3) at the points 0, p, -p, q, -q and infinity, with p = 1/sqrt 2 and q = sqrt 2: 36 multiplications for
/// 16 outputs.
///
/// Differs from Lavin and Gray, 2015, who evaluate at 0, 1, -1, 2 and -2, where rounding errors are about twice as large
/// on average and six times at worst; here products of points are 1, and their squares 1/2 and 2.
pub(super) struct FourByFour;

const P: f32 = std::f32::consts::FRAC_1_SQRT_2;
const Q: f32 = std::f32::consts::SQRT_2;

impl Minimal for FourByFour {
    const OUTPUTS: usize = 4;

    #[inline(always)]
    unsafe fn input<V: Vector>([a, b, c, d, e, f]: [V; MOST_POINTS]) -> [V; MOST_POINTS] {
        // SAFETY: the caller's.
        unsafe {
            let times = |vector: V, factor: f32, summand: V| vector.multiply_add(V::splat(factor), summand);
            let (even_p, odd_p) = (times(c, -2.0, e), times(b, -2.0, d).multiply(V::splat(P)));
            let (even_q, odd_q) = (times(c, -0.5, e), times(b, -0.5, d).multiply(V::splat(Q)));
            [
                times(c, -2.5, a.add(e)),
                even_p.add(odd_p),
                even_p.subtract(odd_p),
                even_q.add(odd_q),
                even_q.subtract(odd_q),
                times(d, -2.5, b.add(f)),
            ]
        }
    }

    #[inline(always)]
    unsafe fn output<V: Vector>([a, b, c, d, e, f]: [V; MOST_POINTS]) -> [V; MOST_OUTPUTS] {
        // SAFETY: the caller's.
        unsafe {
            let times = |vector: V, factor: f32, summand: V| vector.multiply_add(V::splat(factor), summand);
            let (even_p, odd_p, even_q, odd_q) = (b.add(c), b.subtract(c), d.add(e), d.subtract(e));
            [
                a.add(even_p).add(even_q),
                times(odd_p, P, odd_q.multiply(V::splat(Q))),
                times(even_p, 0.5, even_q.add(even_q)),
                times(odd_p, P / 2.0, times(odd_q, 2.0 * Q, f)),
            ]
        }
    }

    #[inline(always)]
    unsafe fn gradient<V: Vector>([a, b, c, d]: [V; MOST_OUTPUTS]) -> [V; MOST_POINTS] {
        // SAFETY: the caller's.
        unsafe {
            let times = |vector: V, factor: f32, summand: V| vector.multiply_add(V::splat(factor), summand);
            let (even_p, odd_p) = (times(c, 0.5, a), times(d, 0.5, b).multiply(V::splat(P)));
            let (even_q, odd_q) = (times(c, 2.0, a), times(d, 2.0, b).multiply(V::splat(Q)));
            [
                a,
                even_p.add(odd_p),
                even_p.subtract(odd_p),
                even_q.add(odd_q),
                even_q.subtract(odd_q),
                d,
            ]
        }
    }

    fn weight([a, b, c]: [f32; 3]) -> [f32; MOST_POINTS] {
        let (even_p, odd_p) = (-(2.0 * a + c) / 3.0, -2.0 * P * b / 3.0);
        let (even_q, odd_q) = ((a + 2.0 * c) / 6.0, Q * b / 6.0);
        [
            a,
            even_p + odd_p,
            even_p - odd_p,
            even_q + odd_q,
            even_q - odd_q,
            c,
        ]
    }

    fn weight_back([a, b, c, d, e, f]: [f32; MOST_POINTS]) -> [f32; 3] {
        let (even_p, odd_p, even_q, odd_q) = (b + c, b - c, d + e, d - e);
        [
            a - 2.0 * even_p / 3.0 + even_q / 6.0,
            -2.0 * P * odd_p / 3.0 + Q * odd_q / 6.0,
            (even_q - even_p) / 3.0 + f,
        ]
    }
}
