import type { OfferingView } from '@guichet/contracts/offerings';
import type { Language } from '@guichet/contracts/shapes';
import { money } from '../i18n/format.ts';
import { t } from '../i18n/t.ts';
import { textIn } from '../i18n/text-in.ts';
import { Stepper } from '../ui/stepper.tsx';
import { type Choice, isOpen } from './choice.ts';
import { withTax } from './price.ts';

type Fields = {
  offering: OfferingView;
  choice: Choice;
  language: Language;
  onChange: (change: Partial<Choice>) => void;
};

export function PartyFields({ offering, choice, language, onChange }: Fields) {
  const { minimum, maximum } = offering.party;
  return (
    <fieldset className="grid">
      <legend className="font-semibold">{t('offering.whoComes')}</legend>
      <p className="text-small text-quiet">
        {t('offering.limits', { minimum: minimum > 1 ? minimum : 0, maximum })}
      </p>
      {offering.fares.map((fare) => {
        const name = textIn(fare.name, language);
        return (
          <Stepper
            key={fare.code}
            label={name}
            detail={
              fare.priceCents === 0
                ? t('home.free')
                : money(withTax(offering, fare.priceCents), offering.currency, language)
            }
            value={choice.party[fare.code] ?? 0}
            min={fare.minimum}
            max={Math.min(fare.maximum, maximum)}
            fewer={t('offering.fewer', { name })}
            more={t('offering.more', { name })}
            onChange={(count) => onChange({ party: { ...choice.party, [fare.code]: count } })}
          />
        );
      })}
    </fieldset>
  );
}

/** What the rules of the offering close stays to be seen, and is taken back when it closes. */
export function OptionFields({ offering, choice, language, onChange }: Fields) {
  const { options } = offering;
  if (options.length === 0) return null;

  function set(code: string, quantity: number) {
    const chosen = { ...choice.options, [code]: quantity };
    for (const option of options) {
      if (!isOpen(option, options, chosen)) chosen[option.code] = 0;
    }
    onChange({ options: chosen });
  }

  return (
    <fieldset className="grid">
      <legend className="font-semibold">{t('offering.options')}</legend>
      {options.map((option) => {
        const name = textIn(option.name, language);
        const open = isOpen(option, options, choice.options);
        return (
          <Stepper
            key={option.code}
            label={name}
            detail={money(withTax(offering, option.priceCents), offering.currency, language)}
            value={choice.options[option.code] ?? 0}
            min={open ? option.minimum : 0}
            max={open ? option.maximum : 0}
            fewer={t('offering.fewer', { name })}
            more={t('offering.more', { name })}
            onChange={(quantity) => set(option.code, quantity)}
          />
        );
      })}
    </fieldset>
  );
}
