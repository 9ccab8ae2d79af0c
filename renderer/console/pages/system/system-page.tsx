/** Placeholder. */

/** Placeholder. */
export default function SystemPage() {
  return null;
}
