//! Clipping of gradients.

use burn::tensor::Tensor;

use crate::network::host;

/// Scales all gradients together so that their joint Euclidean norm is at most `limit`.
///
/// As `torch.nn.utils.clip_grad_norm_`: the factor is `limit / (norm + 1e-6)` where that is below 1. The norm is
/// summed in f64 in the order of the parameters; it costs one small transfer a parameter on a GPU.
pub fn clip_by_global_norm(gradients: &mut [Option<Tensor<1>>], limit: f64) {
    let square = |gradient: &Tensor<1>| {
        host(gradient.clone())
            .into_iter()
            .map(|value| f64::from(value).powi(2))
            .sum::<f64>()
    };
    let norm = gradients.iter().flatten().map(square).sum::<f64>().sqrt();
    let factor = limit / (norm + 1e-6);
    if factor < 1.0 {
        for gradient in gradients.iter_mut().flatten() {
            *gradient = gradient.clone() * factor;
        }
    }
}
