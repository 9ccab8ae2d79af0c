import { testManaged } from '../helpers/managed-suite.ts';

testManaged({ env: { XUNBO_SHELL: 'chromium', XUNBO_HEADLESS: 'true' } });
