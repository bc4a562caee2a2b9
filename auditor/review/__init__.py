"""The translators' web application: a queue of findings, decisions that last, exports.

Only here do a web framework and a database meet the auditor. What a translator decides is kept by
fingerprint, so that the next audit of the story asks nothing twice.
"""
