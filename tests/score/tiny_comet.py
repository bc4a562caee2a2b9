"""A tiny model of COMET, made on the spot: two layers with random weights, nothing downloaded."""

from __future__ import annotations

from pathlib import Path

import torch
import yaml
from comet.models import ReferencelessRegression, RegressionMetric
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace
from transformers import XLMRobertaConfig, XLMRobertaTokenizerFast

KINDS = {
    "referenceless_regression_metric": ReferencelessRegression,
    "regression_metric": RegressionMetric,
}


def save_encoder(folder: Path) -> None:
    """The configuration and the tokenizer of a tiny encoder, as the library wants them."""
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    letters = sorted(set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,é▁"))
    vocabulary = [(piece, -1.0) for piece in (*special, *letters, "<mask>")]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=3))
    tokenizer.pre_tokenizer = Metaspace()
    XLMRobertaTokenizerFast(tokenizer_object=tokenizer).save_pretrained(folder)
    XLMRobertaConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=130,
    ).save_pretrained(folder)


def save_model(folder: Path, name: str = "referenceless_regression_metric") -> Path:
    """A model of that class in the layout in which the library's own come."""
    encoder = folder / "encoder"
    encoder.mkdir(parents=True)
    save_encoder(encoder)
    torch.manual_seed(1)
    model = KINDS[name](
        encoder_model="XLM-RoBERTa",
        pretrained_model=str(encoder),
        hidden_sizes=[8],
        load_pretrained_weights=False,
        local_files_only=True,
    )
    hparams = {**dict(model.hparams), "class_identifier": name}
    (folder / "hparams.yaml").write_text(yaml.safe_dump(hparams), encoding="utf-8")
    (folder / "checkpoints").mkdir()
    checkpoint = {
        "state_dict": model.state_dict(),
        "hyper_parameters": hparams,
        "pytorch-lightning_version": "2.0.0",
    }
    torch.save(checkpoint, folder / "checkpoints" / "model.ckpt")
    return folder
