/** Ant Design's tokens for the console; the same values as the variables of theme.css. */
import { type ThemeConfig, theme } from 'antd';

const LIGHT = {
  colorPrimary: '#1b5e7a',
  colorInfo: '#1b5e7a',
  colorSuccess: '#1d7a4c',
  colorWarning: '#a86400',
  colorError: '#b3261e',
  colorTextBase: '#17212b',
  colorTextDescription: '#6b7884',
  colorTextPlaceholder: '#87929c',
  colorWarningBg: '#fcf5e6',
  colorWarningBorder: '#ecd5a4',
  colorErrorBg: '#fcf0ee',
  colorErrorBorder: '#efc4bf',
  colorInfoBg: '#eef5f8',
  colorInfoBorder: '#c5dce6',
  colorSuccessBg: '#edf7f1',
  colorSuccessBorder: '#bfdfcd',
  colorBgLayout: '#f3f5f6',
  colorBorder: '#d3d9de',
  colorBorderSecondary: '#e5e9ec',
};

const DARK = {
  colorPrimary: '#5fb0d0',
  colorInfo: '#5fb0d0',
  colorSuccess: '#4fbf87',
  colorWarning: '#e0a23a',
  colorError: '#ef7b72',
  colorTextBase: '#e6ebef',
  colorTextDescription: '#8b98a3',
  colorTextPlaceholder: '#74818c',
  colorBgBase: '#12181e',
  colorBgLayout: '#0e1317',
  colorBgContainer: '#171e25',
  colorBgElevated: '#1d262e',
  colorBorder: '#33404b',
  colorBorderSecondary: '#26313a',
};

/** The theme for a light or dark console. */
export function antdTheme(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...(dark ? DARK : LIGHT),
      fontFamily: 'var(--font)',
      fontSize: 14,
      borderRadius: 6,
      borderRadiusLG: 10,
      wireframe: false,
      controlHeight: 34,
      boxShadowTertiary: 'none',
    },
    components: {
      Table: { headerBg: 'transparent', headerSplitColor: 'transparent', cellPaddingBlock: 11 },
      Menu: { itemBg: 'transparent', activeBarBorderWidth: 0, itemHeight: 38, itemBorderRadius: 8 },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Card: { headerFontSize: 15 },
      Drawer: { paddingLG: 24 },
      Segmented: { trackPadding: 3 },
    },
  };
}
