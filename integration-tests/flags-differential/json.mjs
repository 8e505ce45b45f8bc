/** A number as it is written in JSON, because JavaScript does not distinguish 1 from 1.0. */
export class JsonNumber {
  constructor(literal) {
    this.literal = String(literal);
  }

  isInteger() {
    return /^-?\d+$/.test(this.literal);
  }

  value() {
    return Number(this.literal);
  }
}

export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
}

/** Writes JSON, and keeps the notation of numbers. */
export function write(value) {
  if (value instanceof JsonNumber) {
    return value.literal;
  }
  if (Array.isArray(value)) {
    return `[${value.map(write).join(',')}]`;
  }
  if (isObject(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Reads JSON, and keeps the notation of numbers. */
export function read(json) {
  let at = 0;
  const blanks = () => {
    while (' \t\r\n'.includes(json[at] ?? 'x')) {
      at++;
    }
  };
  const token = (pattern) => {
    pattern.lastIndex = at;
    const match = pattern.exec(json);
    if (!match) {
      throw new SyntaxError(`Unexpected character at ${at} of ${json}`);
    }
    at = pattern.lastIndex;
    return match[0];
  };
  const list = (end, element) => {
    at++;
    blanks();
    while (json[at] !== end) {
      element();
      blanks();
      if (json[at] !== end) {
        token(/,/y);
        blanks();
      }
    }
    at++;
  };
  const any = () => {
    blanks();
    const first = json[at];
    if (first === '[') {
      const elements = [];
      list(']', () => elements.push(any()));
      return elements;
    }
    if (first === '{') {
      const members = {};
      list('}', () => {
        const name = JSON.parse(token(/"(?:[^"\\]|\\.)*"/y));
        blanks();
        token(/:/y);
        members[name] = any();
      });
      return members;
    }
    if (first === '"') {
      return JSON.parse(token(/"(?:[^"\\]|\\.)*"/y));
    }
    const word = token(/true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    return /^[tfn]/.test(word) ? JSON.parse(word) : new JsonNumber(word);
  };
  return any();
}
