/** A player in hand from afar, in a plain Chromium. */
import { testManaged } from '../helpers/managed-suite.ts';

testManaged({ env: { XUNBO_SHELL: 'chromium', XUNBO_HEADLESS: 'true' } });
