"""How the shipped embedding model is trained: reading, vocabulary, start, pairs, learning, export.

Only :mod:`assistant.search.train` imports this package; the program that users run never does.
The recipe is a static embedding in the manner of model2vec and sentence-transformers' StaticEmbedding
(a table of rows, mean pooling), started from PPMI and SVD (Levy, Goldberg and Dagan, TACL 2015) with SIF weights
(Arora, Liang and Ma, ICLR 2017) and finished with an in-batch softmax (Henderson et al., arXiv:1705.00652).
"""
