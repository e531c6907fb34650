import type { Language } from '../words.ts';
import { words } from '../words.ts';
import {
  cvcProblem,
  digitsOf,
  expiryOf,
  expiryProblem,
  formatExpiry,
  formatNumber,
  numberProblem,
  type Problem,
} from './card-rules.ts';

const names = ['number', 'expiry', 'cvc'] as const;
type Name = (typeof names)[number];

export type Card = { number: string; exp_month: number; exp_year: number; cvc: string };

export type CardForm = {
  speak(language: Language): void;
  /** What is wrong, the first field first; shown in the form, which then has the focus there. */
  refuse(): Problem | undefined;
  card(): Card;
  state(): { empty: boolean; complete: boolean };
  lock(locked: boolean): void;
  focus(): void;
  clear(): void;
};

const byId = <T extends Element>(selector: string) => document.querySelector(selector) as T;
const inputs = {
  number: byId<HTMLInputElement>('#number'),
  expiry: byId<HTMLInputElement>('#expiry'),
  cvc: byId<HTMLInputElement>('#cvc'),
} satisfies Record<Name, HTMLInputElement>;

const format: Readonly<Record<Name, (text: string) => string>> = {
  number: formatNumber,
  expiry: formatExpiry,
  cvc: (text) => digitsOf(text).slice(0, 4),
};

const problems: Readonly<Record<Name, () => Problem | undefined>> = {
  number: () => numberProblem(inputs.number.value),
  expiry: () => expiryProblem(inputs.expiry.value, new Date()),
  cvc: () => cvcProblem(inputs.cvc.value, inputs.number.value),
};

/** Set as it stands on the card, unless the customer is correcting something within it. */
const setOut = (name: Name): void => {
  const input = inputs[name];
  const { value, selectionStart } = input;
  if (selectionStart === value.length) input.value = format[name](value);
};

export const createCardForm = (changed: () => void): CardForm => {
  let language: Language = 'en';

  const show = (name: Name, problem: Problem | undefined): void => {
    inputs[name].setAttribute('aria-invalid', String(problem !== undefined));
    byId(`#${name}-error`).textContent = problem ? words[language][problem] : '';
  };
  /** A field that is only half filled in is nobody's mistake while it has the focus. */
  const judge = (name: Name): void => {
    const problem = problems[name]();
    show(name, problem?.startsWith('incomplete') ? undefined : problem);
  };

  for (const name of names) {
    inputs[name].addEventListener('input', () => {
      setOut(name);
      judge(name);
      changed();
    });
    inputs[name].addEventListener('blur', () => {
      if (inputs[name].value !== '') show(name, problems[name]());
    });
  }

  return {
    speak: (spoken) => {
      language = spoken;
      document.documentElement.lang = spoken;
      for (const name of names) byId(`label[for=${name}]`).textContent = words[spoken][name];
      inputs.expiry.placeholder = words[spoken].expiryHint;
      inputs.cvc.placeholder = words[spoken].cvcHint;
      const shown = names.filter((name) => inputs[name].getAttribute('aria-invalid') === 'true');
      for (const name of shown) show(name, problems[name]());
    },
    refuse: () => {
      const wrong = names.filter((name) => problems[name]() !== undefined);
      for (const name of names) show(name, problems[name]());
      const [first] = wrong;
      if (first) inputs[first].focus();
      return first && problems[first]();
    },
    card: () => {
      const { month, year } = expiryOf(inputs.expiry.value);
      const cvc = digitsOf(inputs.cvc.value);
      return { number: digitsOf(inputs.number.value), exp_month: month, exp_year: year, cvc };
    },
    state: () => ({
      empty: names.every((name) => inputs[name].value === ''),
      complete: names.every((name) => problems[name]() === undefined),
    }),
    lock: (locked) => {
      for (const name of names) inputs[name].readOnly = locked;
    },
    focus: () => inputs.number.focus(),
    clear: () => {
      for (const name of names) {
        inputs[name].value = '';
        show(name, undefined);
      }
      changed();
    },
  };
};
