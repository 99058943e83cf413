//! Clipping of gradients.

use burn::tensor::Tensor;

use crate::network::host;

/// Scales all gradients together so that their joint Euclidean norm is at most `limit`.
///
/// As `torch.nn.utils.clip_grad_norm_`: the factor is `limit / (norm + 1e-6)` where that is below 1. Each gradient's
/// squares are summed where it lives, and one number a parameter comes to the host, where they are added in f64.
pub fn clip_by_global_norm(gradients: &mut [Option<Tensor<1>>], limit: f64) {
    let norm = gradients.iter().flatten().map(squares).sum::<f64>().sqrt();
    let factor = limit / (norm + 1e-6);
    if factor < 1.0 {
        for gradient in gradients.iter_mut().flatten() {
            *gradient = gradient.clone() * factor;
        }
    }
}

/// The sum of a gradient's squares. Along an axis, because a sum over everything has no fixed order for large tensors;
/// relative to the largest value, because squares of large ones overflow.
fn squares(gradient: &Tensor<1>) -> f64 {
    let largest = f64::from(host(gradient.clone().abs().max_dim(0))[0]);
    if largest == 0.0 {
        return 0.0;
    }
    let scaled = gradient.clone() / largest;
    largest * largest * f64::from(host((scaled.clone() * scaled).sum_dim(0))[0])
}
