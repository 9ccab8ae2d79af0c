/** The product's mark and name. */
import markUrl from '../theme/mark.svg';

/** The product's mark and both its names. */
export function Brand() {
  return (
    <span className="x-brand">
      <img src={markUrl} alt="" width={28} height={28} />
      <span className="x-brand-name">
        循播<small>Xunbo</small>
      </span>
    </span>
  );
}
