//! Attention by Burn's own operations: for devices that no kernel of ours covers, and to test the one that does.

use burn::tensor::activation::softmax;
use burn::tensor::{Tensor, TensorData};

use super::Attention;

/// Applies attention.
pub(super) fn apply(attention: Attention, [query, key, value]: [Tensor<4>; 3]) -> Tensor<4> {
    let shape @ [batch_size, _, count, width] = query.dims();
    let heads = attention.heads;
    let by_head = |values: Tensor<4>| {
        values
            .reshape([batch_size, count, heads, width / heads])
            .swap_dims(1, 2)
    };
    let scale = 1.0 / ((width / heads) as f64).sqrt();
    // Queries are scaled, as they are fewer than their products with the keys.
    let scores = by_head(query * scale).matmul(by_head(key).transpose());
    let mut shares = softmax(scores, 3);
    if let Some(dropout) = attention.dropout {
        let mask = dropout.mask(batch_size * heads * count * count, count * count);
        let mask = TensorData::new(mask, [batch_size, heads, count, count]);
        shares = shares.clone() * Tensor::from_data(mask, &shares.device());
    }
    shares.matmul(by_head(value)).swap_dims(1, 2).reshape(shape)
}
