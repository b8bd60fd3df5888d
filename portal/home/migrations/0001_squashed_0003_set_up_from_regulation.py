import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a new database begins with: all that came before in one step."""

    initial = True

    replaces = [
        ("home", "0001_initial"),
        ("home", "0002_invitations"),
        ("home", "0003_set_up_from_regulation"),
    ]

    dependencies = [
        ("regulations", "0001_squashed_0007_new_texts"),
        ("units", "0001_squashed_0006_unit_events"),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('headline', models.CharField(blank=True, max_length=255, verbose_name='headline')),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'home page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='TextPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
            ],
            options={
                'verbose_name': 'text page',
                'verbose_name_plural': 'text pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CentreSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=255, verbose_name='name of the centre')),
                ('short_name', models.CharField(blank=True, max_length=64, verbose_name='short name')),
                ('owner_name', models.CharField(blank=True, max_length=255, verbose_name='owning agency')),
                ('managing_name', models.CharField(blank=True, max_length=255, verbose_name='managing agency')),
                ('place_name', models.CharField(blank=True, help_text='Before the date.', max_length=128, verbose_name='place name in documents')),
                ('symbol', models.CharField(blank=True, help_text='Such as IOC.', max_length=32, verbose_name='symbol in document numbers')),
                ('address', models.CharField(blank=True, max_length=255, verbose_name='address')),
                ('phone', models.CharField(blank=True, max_length=64, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'the centre',
            },
        ),
        migrations.CreateModel(
            name='HistoricalInvitation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='full name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('roles', models.JSONField(blank=True, default=list, verbose_name='roles in the centre')),
                ('unit_role', models.CharField(blank=True, choices=[('unit_head', 'unit head'), ('data_officer', 'data officer'), ('member', 'member')], max_length=16, verbose_name='role in the unit')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='to')),
                ('status', models.CharField(choices=[('sent', 'waiting for an answer'), ('accepted', 'accepted'), ('revoked', 'revoked')], default='sent', max_length=16, verbose_name='status')),
                ('was_mailed', models.BooleanField(default=False, editable=False, verbose_name='sent by e-mail')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='invited on')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('account', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unitpage', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'historical invitation',
                'verbose_name_plural': 'historical invitations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='SetupRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('open', 'being looked through'), ('applied', 'applied'), ('abandoned', 'put aside')], default='open', max_length=10, verbose_name='status')),
                ('text_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the text')),
                ('matches', models.JSONField(blank=True, default=dict, editable=False)),
                ('result', models.JSONField(blank=True, default=dict, editable=False, verbose_name='result')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created at')),
                ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='applied at')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='setup_runs', to='regulations.regulationpage', verbose_name='regulation')),
            ],
            options={
                'verbose_name': 'set-up from a regulation',
                'verbose_name_plural': 'set-ups from a regulation',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='full name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('roles', models.JSONField(blank=True, default=list, verbose_name='roles in the centre')),
                ('unit_role', models.CharField(blank=True, choices=[('unit_head', 'unit head'), ('data_officer', 'data officer'), ('member', 'member')], max_length=16, verbose_name='role in the unit')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='to')),
                ('status', models.CharField(choices=[('sent', 'waiting for an answer'), ('accepted', 'accepted'), ('revoked', 'revoked')], default='sent', max_length=16, verbose_name='status')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('was_mailed', models.BooleanField(default=False, editable=False, verbose_name='sent by e-mail')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='invited on')),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unitpage', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('status', 'sent')), name='invitation_one_open_for_an_address', violation_error_message='This address has an open invitation already.'), models.CheckConstraint(condition=models.Q(models.Q(('unit__isnull', True), ('unit_role', '')), models.Q(('unit__isnull', False), models.Q(('unit_role', ''), _negated=True)), _connector='OR'), name='invitation_unit_with_role', violation_error_message='Choose both the unit and the role in it, or neither.'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='invitation_ends_after_it_starts', violation_error_message='A membership cannot end before it starts.')],
            },
        ),
        migrations.CreateModel(
            name='SetupProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('centre', 'the centre'), ('unit', 'unit'), ('responsibility', 'responsibility'), ('obligation', 'obligation'), ('definition', 'definition')], max_length=16, verbose_name='kind')),
                ('change', models.CharField(choices=[('new', 'new'), ('changed', 'changed'), ('gone', 'no longer in the text')], default='new', max_length=8, verbose_name='change')),
                ('key', models.CharField(max_length=255)),
                ('position', models.PositiveIntegerField(default=0)),
                ('proposed', models.JSONField(default=dict)),
                ('values', models.JSONField(default=dict)),
                ('sources', models.JSONField(default=list)),
                ('confidence', models.CharField(choices=[('certain', 'certain'), ('likely', 'likely'), ('unsure', 'unsure')], max_length=8, verbose_name='how sure')),
                ('decision', models.CharField(choices=[('accepted', 'accepted'), ('dropped', 'dropped')], max_length=8, verbose_name='decision')),
                ('target', models.JSONField(blank=True, default=dict)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='home.setuprun')),
            ],
            options={
                'verbose_name': 'proposal of a set-up',
                'verbose_name_plural': 'proposals of a set-up',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('run', 'kind', 'key', 'change'), name='one_proposal_per_key')],
            },
        ),
    ]
