/** A failure as a calm note: one sentence, the faults the server named, and a way to try again. */
import { Alert, Button } from 'antd';
import { explainFailure } from '../api/explain-failure.ts';
import { commonTexts } from '../i18n/common-texts.ts';
import { useTexts } from '../i18n/i18n.ts';

/** Nothing where `failure` is null or undefined. */
export function FailureNote({ failure, onRetry }: { failure: unknown; onRetry?: () => void }) {
  const words = useTexts(commonTexts);
  if (failure === null || failure === undefined) return null;
  const { sentence, faults } = explainFailure(failure);
  return (
    <Alert
      type="error"
      showIcon
      title={sentence}
      {...(faults.length > 0
        ? {
            description: (
              <ul className="x-faults">
                {faults.map((fault) => (
                  <li key={fault}>{fault}</li>
                ))}
              </ul>
            ),
          }
        : {})}
      {...(onRetry
        ? {
            action: (
              <Button size="small" onClick={onRetry}>
                {words('retry')}
              </Button>
            ),
          }
        : {})}
    />
  );
}
