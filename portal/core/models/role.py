from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.roles import Role


class RoleGroup(models.Model):
    """The group that stands for a role; the group's name may be changed, the role may not."""

    role = models.CharField(_("role"), max_length=32, choices=Role, unique=True)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="role_group")

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self):
        return self.get_role_display()
