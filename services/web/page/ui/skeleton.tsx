/** The shape of what is coming, so that nothing jumps when it is there. */
export const Skeleton = ({ className = '' }: { className?: string }) => (
  <div aria-hidden="true" className={`animate-pulse rounded-lg bg-line/60 ${className}`} />
);
