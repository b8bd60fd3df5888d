import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import portal.units.due_rules
import simple_history.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a new database begins with: all that came before in one step."""

    initial = True

    replaces = [
        ("units", "0001_initial"),
        ("units", "0002_succession_and_levels"),
        ("units", "0003_person_hand_over"),
        ("units", "0004_duties_at_work"),
        ("units", "0005_directory"),
        ("units", "0006_unit_events"),
    ]

    dependencies = [
        ("regulations", "0001_squashed_0007_new_texts"),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DutyListPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'list of duties',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='UnitIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'unit directory',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HistoricalUnitEvent',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'merger'), ('split', 'division of a unit'), ('rename', 'change of name'), ('transfer', 'transfer of duties'), ('dissolve', 'dissolution')], max_length=12, verbose_name='what happens')),
                ('happened_on', models.DateField(verbose_name='with effect from')),
                ('instrument_number', models.CharField(max_length=128, verbose_name='number of the document')),
                ('instrument_title', models.CharField(blank=True, max_length=500, verbose_name='subject of the document')),
                ('instrument_url', models.URLField(blank=True, verbose_name='address of the document')),
                ('note', models.TextField(blank=True, verbose_name='internal note')),
                ('status', models.CharField(choices=[('draft', 'in preparation'), ('performed', 'performed'), ('undone', 'taken back')], default='draft', max_length=12, verbose_name='status')),
                ('plan', models.JSONField(blank=True, default=dict, editable=False, verbose_name='plan')),
                ('outcome', models.JSONField(blank=True, default=dict, editable=False, verbose_name='what was done')),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='prepared at')),
                ('performed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='performed at')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('performed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='performed by')),
            ],
            options={
                'verbose_name': 'historical unit event',
                'verbose_name_plural': 'historical unit events',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('supply_data', 'supply data'), ('report', 'report'), ('meet', 'hold a briefing'), ('review_year', 'review the year'), ('handle_information', 'handle information'), ('plan_budget', 'plan the budget'), ('appraise_budget', 'appraise the budget'), ('propose', 'propose'), ('train', 'train'), ('survey', 'survey'), ('name_focal_point', 'name a focal point'), ('urge', 'urge and supervise'), ('share_data', 'share data'), ('other', 'other')], max_length=20, verbose_name='kind')),
                ('text', models.TextField(blank=True, verbose_name='duty')),
                ('cadence', models.CharField(choices=[('on_change', 'as soon as something changes'), ('on_request', 'on request'), ('monthly', 'monthly'), ('quarterly', 'quarterly'), ('semiannual', 'every six months'), ('annual', 'yearly'), ('periodic', 'periodically'), ('once', 'once'), ('standing', 'standing')], max_length=12, verbose_name='how often')),
                ('due_rule', models.JSONField(blank=True, default=dict, validators=[portal.units.due_rules.check_due_rule], verbose_name='due rule')),
                ('name_as_written', models.CharField(blank=True, max_length=255, verbose_name='unit as the text names it')),
                ('words', models.TextField(blank=True, verbose_name='words of the text')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='in force to')),
                ('provision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='regulations.provision', verbose_name='provision')),
                ('succeeds', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='units.obligation', verbose_name='takes over from')),
            ],
            options={
                'verbose_name': 'obligation',
                'verbose_name_plural': 'obligations',
                'ordering': ['provision__position', 'pk'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalObligation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('supply_data', 'supply data'), ('report', 'report'), ('meet', 'hold a briefing'), ('review_year', 'review the year'), ('handle_information', 'handle information'), ('plan_budget', 'plan the budget'), ('appraise_budget', 'appraise the budget'), ('propose', 'propose'), ('train', 'train'), ('survey', 'survey'), ('name_focal_point', 'name a focal point'), ('urge', 'urge and supervise'), ('share_data', 'share data'), ('other', 'other')], max_length=20, verbose_name='kind')),
                ('text', models.TextField(blank=True, verbose_name='duty')),
                ('cadence', models.CharField(choices=[('on_change', 'as soon as something changes'), ('on_request', 'on request'), ('monthly', 'monthly'), ('quarterly', 'quarterly'), ('semiannual', 'every six months'), ('annual', 'yearly'), ('periodic', 'periodically'), ('once', 'once'), ('standing', 'standing')], max_length=12, verbose_name='how often')),
                ('due_rule', models.JSONField(blank=True, default=dict, validators=[portal.units.due_rules.check_due_rule], verbose_name='due rule')),
                ('name_as_written', models.CharField(blank=True, max_length=255, verbose_name='unit as the text names it')),
                ('words', models.TextField(blank=True, verbose_name='words of the text')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='in force to')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='regulations.provision', verbose_name='provision')),
                ('succeeds', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.obligation', verbose_name='takes over from')),
            ],
            options={
                'verbose_name': 'historical obligation',
                'verbose_name_plural': 'historical obligations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='PersonHandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_name', models.CharField(max_length=255, verbose_name='person as called then')),
                ('units', models.TextField(blank=True, verbose_name='units as called then')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('reason', models.CharField(blank=True, max_length=255, verbose_name='reason and document')),
                ('items', models.JSONField(default=list, verbose_name='what was handed over')),
                ('ends_account', models.BooleanField(default=False, verbose_name='the account ends with the last day')),
                ('account_ended_at', models.DateTimeField(blank=True, null=True, verbose_name='account ended at')),
                ('done_by_name', models.CharField(max_length=255, verbose_name='who recorded it, as called then')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who recorded it')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'hand-over of a person',
                'verbose_name_plural': 'hand-overs of people',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='UnitEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'merger'), ('split', 'division of a unit'), ('rename', 'change of name'), ('transfer', 'transfer of duties'), ('dissolve', 'dissolution')], max_length=12, verbose_name='what happens')),
                ('happened_on', models.DateField(verbose_name='with effect from')),
                ('instrument_number', models.CharField(max_length=128, verbose_name='number of the document')),
                ('instrument_title', models.CharField(blank=True, max_length=500, verbose_name='subject of the document')),
                ('instrument_url', models.URLField(blank=True, verbose_name='address of the document')),
                ('note', models.TextField(blank=True, verbose_name='internal note')),
                ('status', models.CharField(choices=[('draft', 'in preparation'), ('performed', 'performed'), ('undone', 'taken back')], default='draft', max_length=12, verbose_name='status')),
                ('plan', models.JSONField(blank=True, default=dict, editable=False, verbose_name='plan')),
                ('outcome', models.JSONField(blank=True, default=dict, editable=False, verbose_name='what was done')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='prepared at')),
                ('performed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='performed at')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('performed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='performed by')),
            ],
            options={
                'verbose_name': 'unit event',
                'verbose_name_plural': 'unit events',
                'ordering': ['-happened_on', '-pk'],
                'permissions': [('perform_unitevent', 'Can merge, split, rename and dissolve units')],
            },
        ),
        migrations.CreateModel(
            name='EventSuccessor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unitevent')),
            ],
            options={
                'verbose_name': 'unit that takes over',
                'verbose_name_plural': 'units that take over',
            },
        ),
        migrations.CreateModel(
            name='EventPredecessor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='units.unitevent')),
            ],
            options={
                'verbose_name': 'unit concerned by an event',
                'verbose_name_plural': 'units concerned by an event',
            },
        ),
        migrations.CreateModel(
            name='UnitPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='code')),
                ('short_names', models.TextField(blank=True, help_text='One on each line, the commonest first.', verbose_name='short names')),
                ('kind', models.CharField(choices=[('authority', "people's committee or council"), ('office', 'office'), ('department', 'department'), ('division', 'division'), ('commune', 'commune'), ('police', 'police'), ('centre', 'centre'), ('enterprise', 'enterprise'), ('team', 'team'), ('other', 'other')], default='other', max_length=12, verbose_name='kind')),
                ('level', models.CharField(blank=True, choices=[('central', 'central'), ('province', 'provincial'), ('district', 'district'), ('commune', 'commune'), ('internal', 'within the centre')], max_length=8, verbose_name='level')),
                ('centre_role', models.CharField(choices=[('owner', 'owning agency'), ('managing', 'managing and operating agency'), ('coordinating', 'coordinating unit'), ('participating', 'participating unit')], default='participating', max_length=16, verbose_name='role in the centre')),
                ('is_group', models.BooleanField(default=False, help_text='The regulation names several units by this one name.', verbose_name='a kind of unit')),
                ('about', wagtail.fields.RichTextField(blank=True, verbose_name='about the unit')),
                ('address', models.CharField(blank=True, max_length=255, verbose_name='address')),
                ('phone', models.CharField(blank=True, max_length=64, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='exists from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='existed to')),
                ('sort_key', models.CharField(db_index=True, default='', editable=False, max_length=512)),
                ('groups', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='What the regulation asks of such a kind, it asks of this unit too.', limit_choices_to={'is_group': True}, related_name='member_units', to='units.unitpage', verbose_name='belongs to the kinds of unit')),
                ('parent_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='child_units', to='units.unitpage', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'unit',
                'verbose_name_plural': 'units',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='predecessors',
            field=models.ManyToManyField(related_name='events_as_predecessor', through='units.EventPredecessor', to='units.unitpage', verbose_name='units concerned'),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='successors',
            field=models.ManyToManyField(related_name='events_as_successor', through='units.EventSuccessor', to='units.unitpage', verbose_name='units that take over'),
        ),
        migrations.CreateModel(
            name='UnitDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(blank=True, help_text="Empty: the document's own title.", max_length=255, verbose_name='title on the page')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtaildocs.document', verbose_name='document')),
                ('unit', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='units.unitpage')),
            ],
            options={
                'verbose_name': 'document of a unit',
                'verbose_name_plural': 'documents of units',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='obligation',
            name='counterparts',
            field=models.ManyToManyField(blank=True, related_name='owed_to', to='units.unitpage', verbose_name='to whom'),
        ),
        migrations.AddField(
            model_name='obligation',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='units.unitpage', verbose_name='unit'),
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('unit_head', 'unit head'), ('data_officer', 'data officer'), ('member', 'member')], max_length=16, verbose_name='role')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='to')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='units.unitpage', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'ordering': ['unit', 'role', 'user'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalObligation_counterparts',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='units.historicalobligation')),
                ('obligation', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.obligation')),
                ('unitpage', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unitpage')),
            ],
            options={
                'verbose_name': 'HistoricalObligation_counterparts',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='historicalobligation',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unitpage', verbose_name='unit'),
        ),
        migrations.CreateModel(
            name='HistoricalMembership',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('role', models.CharField(choices=[('unit_head', 'unit head'), ('data_officer', 'data officer'), ('member', 'member')], max_length=16, verbose_name='role')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='to')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('unit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unitpage', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'historical membership',
                'verbose_name_plural': 'historical memberships',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='FocalPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(blank=True, max_length=128, verbose_name='name')),
                ('position', models.CharField(max_length=128, verbose_name='position')),
                ('phone', models.CharField(blank=True, max_length=64, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('name_is_public', models.BooleanField(default=False, verbose_name='name is public')),
                ('position_is_public', models.BooleanField(default=True, verbose_name='position is public')),
                ('phone_is_public', models.BooleanField(default=False, verbose_name='phone is public')),
                ('email_is_public', models.BooleanField(default=True, verbose_name='e-mail is public')),
                ('unit', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='focal_points', to='units.unitpage')),
            ],
            options={
                'verbose_name': 'focal point',
                'verbose_name_plural': 'focal points',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='eventsuccessor',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unitpage'),
        ),
        migrations.AddField(
            model_name='eventpredecessor',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unitpage'),
        ),
        migrations.CreateModel(
            name='DutyRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done_on', models.DateField(verbose_name='done on')),
                ('period', models.CharField(blank=True, max_length=8, verbose_name='for the period')),
                ('note', models.TextField(verbose_name='what was done')),
                ('document', models.CharField(blank=True, max_length=255, verbose_name='number and date of the document')),
                ('status', models.CharField(choices=[('recorded', 'recorded'), ('withdrawn', 'withdrawn')], default='recorded', editable=False, max_length=12, verbose_name='status')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='recorded at')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='units.obligation', verbose_name='duty')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duty_records', to='units.unitpage', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'record of a duty',
                'verbose_name_plural': 'records of duties',
                'ordering': ['-done_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='UnitResponsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('text', models.TextField(help_text="In the regulation's words; the page shows the provision's text beside it.", verbose_name='responsibility')),
                ('name_as_written', models.CharField(blank=True, help_text="Only where it differs from the unit's name today.", max_length=255, verbose_name='unit as the text names it')),
                ('provision', models.ForeignKey(blank=True, help_text='Where the regulation says so; found by its place or its words.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='regulations.provision', verbose_name='provision')),
                ('unit', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='responsibilities', to='units.unitpage')),
            ],
            options={
                'verbose_name': 'responsibility',
                'verbose_name_plural': 'responsibilities',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='unitevent',
            constraint=models.CheckConstraint(condition=models.Q(('performed_at__isnull', False), ('status', 'draft'), _connector='OR'), name='a_performed_event_knows_when'),
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='obligation_ends_after_it_starts', violation_error_message='A duty cannot end before it starts.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_ends_after_it_starts', violation_error_message='A membership cannot end before it starts.'),
        ),
        migrations.AddConstraint(
            model_name='eventsuccessor',
            constraint=models.UniqueConstraint(fields=('event', 'unit'), name='one_successor_per_event'),
        ),
        migrations.AddConstraint(
            model_name='eventpredecessor',
            constraint=models.UniqueConstraint(fields=('event', 'unit'), name='one_predecessor_per_event'),
        ),
        migrations.AddIndex(
            model_name='dutyrecord',
            index=models.Index(fields=['obligation', 'status', 'done_on'], name='units_dutyr_obligat_68f09a_idx'),
        ),
    ]
