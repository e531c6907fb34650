import type { OfferingView } from '@guichet/contracts/offerings';
import { textIn } from '../i18n/text-in.ts';
import { useLanguage } from '../layout/language.ts';

type Shown = OfferingView['pictures'][number];

const file = (id: string, variant: string) => `/api/pictures/${id}/${variant}`;
const widths = [480, 960, 1600] as const;

/** A picture in the size that its place needs, whose room is kept before it is there. */
export function Picture({
  picture,
  sizes,
  first = false,
  className = '',
}: {
  picture: Shown;
  /** How wide its place is, as `<img sizes>` has it. */
  sizes: string;
  /** Whether it is in the first screen; the others wait until they come near. */
  first?: boolean;
  className?: string;
}) {
  const language = useLanguage();
  const { id, alt, width, height, colour } = picture;
  return (
    <picture>
      <source
        type="image/avif"
        sizes={sizes}
        srcSet={widths.map((width) => `${file(id, `${width}.avif`)} ${width}w`).join(', ')}
      />
      <img
        src={file(id, '960.webp')}
        alt={alt ? textIn(alt, language) : ''}
        width={width}
        height={height}
        loading={first ? 'eager' : 'lazy'}
        fetchPriority={first ? 'high' : 'auto'}
        decoding="async"
        style={{ backgroundColor: colour }}
        className={`block h-auto w-full object-cover ${className}`}
      />
    </picture>
  );
}
