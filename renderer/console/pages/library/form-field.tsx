/** A field with its label above it, and below it what it is for or what is wrong with it. */
import { type ReactNode, useId } from 'react';
import './form-field.css';

type Props = {
  label: ReactNode;
  hint?: ReactNode;
  fault?: string | undefined | null;
  /** Gets the id that binds a control to the label; a plain node is a group of controls named by it. */
  children: ReactNode | ((id: string) => ReactNode);
};

/** A fault takes the place of the hint. */
export function FormField({ label, hint, fault, children }: Props) {
  const id = useId();
  const below = fault ? (
    <p className="f-fault" role="alert">
      {fault}
    </p>
  ) : (
    hint && <p className="f-hint">{hint}</p>
  );
  if (typeof children === 'function') {
    return (
      <div className="f-field">
        <label className="f-label" htmlFor={id}>
          {label}
        </label>
        {children(id)}
        {below}
      </div>
    );
  }
  return (
    <fieldset className="f-field">
      <legend className="f-label">{label}</legend>
      {children}
      {below}
    </fieldset>
  );
}
