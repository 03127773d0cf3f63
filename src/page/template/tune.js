// --- thresholds as tune has counted them, if it was asked
if (data.tune) {
  const scored = data.tune.thresholds.some(t => 'f1' in t);
  const fold = t => {
    const node = el('details', {class: 'threshold', ontoggle() {
      if (!node.open || node.children.length > 1) return;
      for (const p of t.borderline) node.append(el('h3', {}, p.similarity.toFixed(4)), pair(`kept: ${p.witness}`, p.witness_text ?? '', `removed: ${p.ref}`, p.text ?? ''));
    }}, el('summary', {}, `at ${t.threshold.toFixed(2)}`));
    return node;
  };
  section('Which threshold?', 'What each would remove, as unecho tune has counted, and the least similar records that it removes, word by word, the first 1,200 bytes of both.',
    table(['threshold', 'kept', 'exact', 'near', 'removed', ...(scored ? ['precision', 'recall', 'F1'] : [])], data.tune.thresholds.map(t => [t.threshold.toFixed(2), number(t.kept),
      number(t.exact), number(t.near), percent(t.exact + t.near, data.tune.read), ...(scored ? [t.precision, t.recall, t.f1].map(x => x.toFixed(4)) : [])])),
    data.tune.thresholds.filter(t => t.borderline.length).map(fold));
}
