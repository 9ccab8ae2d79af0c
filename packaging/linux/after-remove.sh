#!/bin/sh
# Undoes what the installation did; records and keys in /var/lib/xunbo go only with a purge.
set -e
case "$1" in
  remove | purge | 0)
    if [ -f '/etc/apparmor.d/${executable}' ]; then
      apparmor_parser --remove '/etc/apparmor.d/${executable}' >/dev/null 2>&1 || true
      rm -f '/etc/apparmor.d/${executable}'
    fi
    if [ -d /run/systemd/system ]; then systemctl daemon-reload || true; fi
    ;;
esac
if [ "$1" = purge ]; then rm -rf /var/lib/xunbo; fi
