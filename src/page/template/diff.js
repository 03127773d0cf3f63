// Words with the blanks behind them; where a script has no blanks, characters.
const withoutBlanks = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar'].map(script => `\\p{Script=${script}}`).join('');
const word = new RegExp(`(?:[${withoutBlanks}]|[^\\s${withoutBlanks}]+)\\s*|^\\s+`, 'gu');
const wordsOf = text => text.match(word) ?? [];

// The longest common subsequence: [[-1, words of a], [0, of both], [1, of b], ...]. Texts are cut to lengths for which
// the square of them is quick.
function diff(a, b) {
  const x = wordsOf(a), y = wordsOf(b), same = (i, j) => x[i].trimEnd() === y[j].trimEnd(), width = y.length + 1;
  const length = new Uint16Array((x.length + 1) * width), parts = [];
  for (let i = x.length - 1; i >= 0; --i) for (let j = y.length - 1; j >= 0; --j) {
    length[i * width + j] = same(i, j) ? length[(i + 1) * width + j + 1] + 1 : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
  }
  const add = (kind, word) => {
    if (parts.length && parts[parts.length - 1][0] === kind) parts[parts.length - 1][1] += word;
    else parts.push([kind, word]);
  };
  for (let i = 0, j = 0; i < x.length || j < y.length;) {
    if (i < x.length && j < y.length && same(i, j)) { add(0, y[j]); ++i; ++j; }
    else if (j === y.length || (i < x.length && length[(i + 1) * width + j] >= length[i * width + j + 1])) add(-1, x[i++]);
    else add(1, y[j++]);
  }
  return parts;
}
const marked = ([kind, words]) => kind === 0 ? words : [el(kind < 0 ? 'del' : 'ins', {}, words.trimEnd()), words.slice(words.trimEnd().length)];
// Both, each with what only it has.
const apart = parts => [parts.filter(([kind]) => kind <= 0).map(marked), parts.filter(([kind]) => kind >= 0).map(marked)];

function pair(leftHead, left, rightHead, right) {
  const [a, b] = left && right ? apart(diff(left, right)) : [left || '(text not at hand)', right || '(text not at hand)'];
  return el('div', {class: 'pair'}, el('div', {}, el('b', {}, leftHead + '\n'), a), el('div', {}, el('b', {}, rightHead + '\n'), b));
}
