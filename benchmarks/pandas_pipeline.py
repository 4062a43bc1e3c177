"""A table scored as most would: pandas and scikit-learn's pipelines."""

import sys

import joblib
import pandas as pd

source, target, model = sys.argv[1:]
table = pd.read_csv(source)
for head, pipeline in joblib.load(model).items():
    table[head] = pipeline.predict(table["text"])
table.to_csv(target, index=False)
