/** Picks a unit from the tree. */
import { TreeSelect, type TreeSelectProps } from 'antd';
import { API } from '../../../protocol/http/api.ts';
import { useApi } from '../api/use-api.ts';
import { useNameOf } from './entity-name.ts';
import { unitTree } from './unit-tree.ts';

/** A picker of one unit; works as a form field. */
export function UnitSelect(props: TreeSelectProps<string>) {
  const nameOf = useNameOf();
  const units = useApi(API.units);
  return (
    <TreeSelect<string>
      showSearch={{ treeNodeFilterProp: 'title' }}
      treeDefaultExpandAll
      loading={units.isLoading}
      treeData={unitTree(units.data ?? [], nameOf)}
      {...props}
    />
  );
}
